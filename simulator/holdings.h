// What the account has beside models: batch jobs, fine-tuning jobs and dedicated endpoints.
#pragma once

#include <string>
#include <vector>

#include "simulator/event.h"

namespace together::simulator {

struct Job {
  std::string id;
  std::string status;
  std::string model;
};

struct Endpoint {
  std::string id;
  std::string model;
  std::string state;
  std::string hardware;
};

struct Hardware {
  std::string id;
  double cents_per_minute = 0;
};

struct Holdings {
  std::vector<Job> batches;
  std::vector<Job> tuning_jobs;
  std::vector<Endpoint> endpoints;
  std::vector<Hardware> hardware;
};

/// What every simulated account begins with: a few of each, in several states.
Holdings first_holdings();

/// Changes the job of that id, or adds it.
void set_job(std::vector<Job>& jobs, const Resource& resource);

/// Changes the endpoint of that id, or adds it; what is unset stays, or is as on most. A price is
/// that of its hardware.
void set_endpoint(Holdings& holdings, const Resource& resource, const std::string& model);

}  // namespace together::simulator
