// GET /v1/batches.
#include "simulator/batches.h"

#include "simulator/refusals.h"

namespace together::simulator {
namespace {

Json job_json(const Job& job) {
  const bool done = job.status == "COMPLETED";
  const bool failed = job.status == "FAILED";
  Json json{{"id", job.id},
            {"user_id", "user_simulated"},
            {"input_file_id", "file-input-" + job.id},
            {"file_size_bytes", 48'212},
            {"status", job.status},
            {"job_deadline", "2026-11-21T09:30:00.000Z"},
            {"created_at", "2026-11-20T09:30:00.000Z"},
            {"endpoint", "/v1/chat/completions"},
            {"progress", done ? 100 : 40},
            {"model_id", job.model}};
  json["output_file_id"] = done ? Json("file-output-" + job.id) : Json();
  json["error_file_id"] = nullptr;
  json["error"] = failed ? Json("the input file has no valid line") : Json();
  json["completed_at"] = done ? Json("2026-11-20T11:02:41.000Z") : Json();
  return json;
}

}  // namespace

Script answer_batches(const World& world, const Stamp& stamp) {
  Json jobs = Json::array();
  for (const auto& job : world.account().holdings.batches) jobs.push_back(job_json(job));
  return good_json(stamp, jobs);
}

Script batches_error(const Stamp& stamp, int status, const std::string& message) {
  return whole(status, edge_headers(stamp, "application/json; charset=utf-8"),
               Json{{"error", message}}.dump());
}

}  // namespace together::simulator
