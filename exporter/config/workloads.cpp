// The section `workloads`: what the cost metrics are computed for.
#include <set>

#include "exporter/config/sections.h"
#include "exporter/yaml/section.h"
#include "exporter/yaml/words.h"

namespace together {

void read_workloads(const Field& field, std::vector<WorkloadConfig>& workloads) {
  const auto entries = field.list();
  if (!entries) return;
  std::set<std::string> seen;
  for (const auto& entry : *entries) {
    const Section section(entry, {"name", "model", "input_tokens_per_day", "output_tokens_per_day",
                                  "cached_input_tokens_per_day"});
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
    workloads.push_back(std::move(workload));
  }
}

}  // namespace together
