// The API version probe: the watched headers of every answer.
#include "probes/api_version/api_version.h"

#include <algorithm>
#include <utility>

#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::size_t kMaxValueBytes = 64;

const ProbeInfo& api_version_info() {
  static const ProbeInfo info = [] {
    ProbeInfo i;
    i.name = "api_version";
    i.help = "Notes the version headers of every successful answer; their absence is normal.";
    i.scope = Scope::kRider;
    i.rides_on = "*";
    i.settings = {{"headers",
                   std::vector<std::string>{"x-together-api-version", "x-inference-version"},
                   "Response headers to watch, by name; case does not count."}};
    return i;
  }();
  return info;
}

/// In lower case, each once, in the order given.
std::vector<std::string> header_names(const std::vector<std::string>& names) {
  std::vector<std::string> unique;
  for (const std::string& given : names) {
    const std::string name = lower_ascii(given);
    if (std::find(unique.begin(), unique.end(), name) == unique.end()) unique.push_back(name);
  }
  return unique;
}

class ApiVersionProbe final : public Probe {
 public:
  explicit ApiVersionProbe(const Settings& settings)
      : names_(header_names(settings.names("headers"))) {}

  const ProbeInfo& info() const override { return api_version_info(); }

  Request request(const Target&) const override { return {}; }

  Observation judge(const Target&, const Exchange& exchange,
                    std::string_view source) const override {
    Observation seen;
    seen.outcome = Outcome::kOk;
    // Errors often come from in front of the API, where the headers mean nothing.
    if (exchange.status < 200 || exchange.status > 299) return seen;
    HeaderFacts facts;
    facts.surface = source;
    for (const std::string& name : names_) {
      HeaderFacts::Seen header{.name = name, .value = std::nullopt};
      if (const auto value = exchange.header(name)) {
        header.value = one_line(*value, kMaxValueBytes);
      }
      if (!seen.detail.empty()) seen.detail += ", ";
      seen.detail += name + (header.value ? ": " + *header.value : " is absent");
      facts.headers.push_back(std::move(header));
    }
    seen.facts = std::move(facts);
    return seen;
  }

 private:
  std::vector<std::string> names_;
};

}  // namespace

ProbeType api_version_probe() {
  return {api_version_info(), [](const ProbeInputs& inputs) {
            return std::make_unique<ApiVersionProbe>(inputs.settings);
          }};
}

}  // namespace together
