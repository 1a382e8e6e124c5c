// The section `retirements`: where removal dates come from.
#include <set>

#include "exporter/config/sections.h"
#include "exporter/config/url.h"
#include "exporter/yaml/section.h"
#include "exporter/yaml/words.h"

namespace together {
namespace {

const std::vector<std::string> kKinds{"together_page", "markdown_table", "litellm_prices", "yaml"};

// `together_model_replacement_info{source}` has these values of its own.
const std::set<std::string> kReservedNames{"redirect", "migration"};

void read_name(const Section& section, std::set<std::string>& seen, RetirementSource& source) {
  const Field* field = section.need("name", "every source needs one");
  if (!field) return;
  const auto name = field->name();
  if (!name) return;
  if (kReservedNames.contains(*name)) {
    field->wrong("the name " + in_quotes(*name) +
                 " is used by the exporter itself; choose another");
  } else if (!seen.insert(*name).second) {
    field->wrong("source " + in_quotes(*name) + " is listed twice; choose another name");
  }
  source.name = *name;
}

void read_place(const Field& entry, const Section& section, RetirementSource& source) {
  const Field* url = section.find("url");
  const Field* file = section.find("file");
  if (url) {
    if (const auto text = url->text()) {
      if (const std::string fault = fault_of_source_url(*text); !fault.empty()) url->wrong(fault);
      source.url = *text;
    }
  }
  if (file) {
    const auto path = file->path();
    if (path && path->empty()) file->wrong("the path is empty; write one or leave the key out");
    source.file = path.value_or("");
  }
  if (url && file) file->wrong("url is given too; keep one of the two");
  if (!url && !file && entry.is_map())
    entry.wrong("the source has neither url nor file; write one");
}

void read_columns(const Section& section, RetirementSource& source) {
  const Field* field = section.find("columns");
  if (!field) return;
  if (!source.kind.empty() && source.kind != "markdown_table") {
    field->wrong("kind " + in_quotes(source.kind) +
                 " has no columns to name; remove the key or write kind: markdown_table");
    return;
  }
  const std::vector<std::string> known{"model", "date", "replacement"};
  const Section columns(*field, known);
  std::set<std::string> seen;
  for (const auto& key : known) {
    const Field* column = columns.find(key);
    const auto header = column ? column->name() : std::nullopt;
    if (!header) continue;
    if (!seen.insert(*header).second) {
      column->wrong("column " + in_quotes(*header) + " is used twice; each needs its own");
    }
    source.columns[key] = *header;
  }
}

}  // namespace

void read_retirements(const Field& field, std::vector<RetirementSource>& sources) {
  const Section section(field, {"sources"});
  const Field* list = section.find("sources");
  if (!list) return;
  const auto entries = list->list();
  if (!entries) return;
  std::set<std::string> seen;
  for (const auto& entry : *entries) {
    const Section keys(entry, {"name", "kind", "url", "file", "interval", "columns"});
    RetirementSource source;
    read_name(keys, seen, source);
    keys.need("kind", "write together_page, markdown_table, litellm_prices or yaml");
    source.kind = keys.choice("kind", kKinds, "");
    read_place(entry, keys, source);
    keys.read("interval", source.interval);
    read_columns(keys, source);
    sources.push_back(std::move(source));
  }
}

}  // namespace together
