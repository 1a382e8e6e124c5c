// The keys `prometheus_url` and `workloads`: what the cost metrics are computed for.
#include <array>
#include <set>

#include "exporter/config/sections.h"
#include "exporter/config/url.h"
#include "exporter/core/text.h"
#include "exporter/yaml/section.h"
#include "exporter/yaml/words.h"

namespace together {
namespace {

constexpr std::array<const char*, 3> kDirections{"input", "output", "cached_input"};

std::string fixed_key(const std::string& direction) { return direction + "_tokens_per_day"; }

void read_queries(const Section& workload_keys, bool has_prometheus, WorkloadConfig& workload) {
  const Field* field = workload_keys.find("query");
  if (!field) return;
  const Section section(*field, {kDirections.begin(), kDirections.end()});
  if (!has_prometheus) {
    field->wrong("there is no prometheus_url to ask; write it at the top level of the file");
  }
  bool any = false;
  for (const char* key : kDirections) {
    const std::string direction = key;
    const Field* query = section.find(direction);
    if (!query) continue;
    any = true;
    const auto text = query->text();
    if (!text) continue;
    if (trim(*text).empty()) query->wrong("the query is empty; write one or leave the key out");
    if (workload_keys.find(fixed_key(direction))) {
      query->wrong(fixed_key(direction) + " is given too; keep one of the two");
    }
    workload.queries[direction] = *text;
  }
  if (!any && field->is_map()) field->wrong("it has no query; write input, output or cached_input");
}

}  // namespace

void read_prometheus_url(const Field& field, Config& config) {
  const auto url = field.text();
  if (!url) return;
  if (const std::string fault = fault_of_prometheus_url(*url); !fault.empty()) field.wrong(fault);
  config.prometheus_url = *url;
  while (config.prometheus_url.ends_with('/')) config.prometheus_url.pop_back();
}

void read_workloads(const Field& field, Config& config) {
  const auto entries = field.list();
  if (!entries) return;
  std::set<std::string> seen;
  for (const auto& entry : *entries) {
    const Section section(entry, {"name", "model", "input_tokens_per_day", "output_tokens_per_day",
                                  "cached_input_tokens_per_day", "query"});
    WorkloadConfig workload;
    if (const Field* name = section.need("name", "every workload needs one")) {
      workload.name = name->name().value_or("");
      if (!workload.name.empty() && !seen.insert(workload.name).second) {
        name->wrong("workload " + in_quotes(workload.name) +
                    " is listed twice; choose another name");
      }
    }
    if (const Field* model = section.need("model", "write the id of the model it uses")) {
      workload.model = model->model_id().value_or("");
    }
    section.read("input_tokens_per_day", workload.input_tokens_per_day);
    section.read("output_tokens_per_day", workload.output_tokens_per_day);
    section.read("cached_input_tokens_per_day", workload.cached_input_tokens_per_day);
    read_queries(section, !config.prometheus_url.empty(), workload);
    config.workloads.push_back(std::move(workload));
  }
}

}  // namespace together
