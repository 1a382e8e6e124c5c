// When to look.
#include "exporter/schedule/plan.h"

#include <algorithm>
#include <cstdint>

#include "exporter/core/stable_hash.h"

namespace together {
namespace {

/// The key's own place in a span of time.
Duration phase_in(const JobKey& key, Duration span) {
  const auto range = static_cast<std::uint64_t>(std::max<Duration::rep>(1, span.count()));
  return Duration(
      static_cast<Duration::rep>(stable_hash({key.probe, key.model, key.part}) % range));
}

}  // namespace

MonoTime Plan::regular_time(const JobKey& key, Duration interval, MonoTime after) {
  const Duration since_epoch = after.time_since_epoch();
  const Duration phase = phase_in(key, interval);
  Duration at = since_epoch - since_epoch % interval + phase;
  if (at <= since_epoch) at += interval;
  return MonoTime(at);
}

void Plan::set_jobs(const std::vector<JobSpec>& specs, MonoTime now) {
  std::map<JobKey, Job> jobs;
  for (const auto& spec : specs) {
    Job job;
    if (const auto known = jobs_.find(spec.key); known != jobs_.end()) {
      job = known->second;
      if (spec.interval < job.interval) {  // a longer one begins after the next look
        job.due = std::min(job.due, regular_time(spec.key, spec.interval, now));
        if (job.not_before) job.due = std::max(job.due, *job.not_before);
      }
    } else {
      job.due = now + phase_in(spec.key, std::min(spec.interval, kFirstLooks));
    }
    job.interval = spec.interval;
    jobs.emplace(spec.key, job);
  }
  jobs_ = std::move(jobs);
}

std::vector<DueJob> Plan::take_due(MonoTime now) {
  std::vector<DueJob> due;
  for (auto& [key, job] : jobs_) {
    if (job.running || job.due > now) continue;
    job.running = true;
    due.push_back({key, now - job.due});
  }
  std::stable_sort(due.begin(), due.end(),
                   [](const DueJob& a, const DueJob& b) { return a.late > b.late; });
  return due;
}

bool Plan::finished(const JobKey& key, MonoTime now, std::optional<MonoTime> not_before) {
  const auto found = jobs_.find(key);
  if (found == jobs_.end()) return false;
  Job& job = found->second;
  job.running = false;
  job.not_before = not_before;
  job.due = regular_time(key, job.interval, now);
  if (job.asked) job.due = std::min(job.due, std::max(*job.asked, now));
  job.asked.reset();
  const bool held_back = job.not_before && *job.not_before > job.due;
  if (held_back) job.due = *job.not_before;
  return held_back;
}

void Plan::sooner(std::string_view probe, std::string_view model, MonoTime at) {
  for (auto& [key, job] : jobs_) {
    if (key.probe != probe || key.model != model) continue;
    if (job.running) {
      job.asked = job.asked ? std::min(*job.asked, at) : at;
      continue;
    }
    if (job.not_before) at = std::max(at, *job.not_before);
    job.due = std::min(job.due, at);
  }
}

void Plan::hold(const JobKey& key, MonoTime until) {
  const auto found = jobs_.find(key);
  if (found == jobs_.end()) return;
  found->second.not_before = until;
  found->second.due = std::max(found->second.due, until);
}

std::optional<MonoTime> Plan::next_due() const {
  std::optional<MonoTime> next;
  for (const auto& [key, job] : jobs_) {
    if (!job.running && (!next || job.due < *next)) next = job.due;
  }
  return next;
}

}  // namespace together
