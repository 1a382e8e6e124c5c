// The operator's own list of retirements.
#include "probes/retirements/yaml_list.h"

#include <algorithm>
#include <vector>

#include "exporter/yaml/section.h"
#include "exporter/yaml/yaml_tree.h"

namespace together {
namespace {

void read_row(const Field& entry, RetirementRows& into) {
  const Section section(entry, {"model", "date", "replacement", "surface"});
  Retirement row;
  if (const Field* model = section.need("model", "every retirement needs one")) {
    row.model = model->model_id().value_or("");
  }
  if (const Field* date = section.need("date", "write the day as 2026-12-31")) {
    if (const auto text = date->text()) {
      row.date = parse_day(*text);
      if (!row.date) date->wrong("\"" + *text + "\" is no date; write it as 2026-12-31");
    }
  }
  if (const Field* replacement = section.find("replacement")) {
    row.replacement = replacement->model_id().value_or("");
  }
  const std::string surface = section.choice("surface", {"inference", "fine_tuning"}, "inference");
  row.surface =
      surface == to_string(Surface::kFineTuning) ? Surface::kFineTuning : Surface::kInference;
  into.rows.push_back(std::move(row));
}

void read_list(const YamlPtr& root, Report& report, RetirementRows& into) {
  const Field file(root, "", report);
  if (root->kind == YamlNode::Kind::kNull) {
    file.wrong("the file is empty or has only comments; write [] if nothing is retired");
    return;
  }
  for (const auto& entry : file.list().value_or(std::vector<Field>())) read_row(entry, into);
}

}  // namespace

ParsedRows read_yaml_list(std::string_view text, const std::string& name) {
  std::vector<Problem> problems;
  Report report(name, problems);
  RetirementRows read;
  if (const auto root = parse_yaml(text)) {
    read_list(*root, report, read);
  } else {
    report.add(root.error().line, kWholeFile, root.error().message);
  }
  if (problems.empty()) return read;
  const auto first =
      std::min_element(problems.begin(), problems.end(),
                       [](const Problem& a, const Problem& b) { return a.line < b.line; });
  return fail(to_string(*first));
}

}  // namespace together
