// The sections `upstream`, `catalog`, `budget` and `state`: single values.
#include <string>

#include "exporter/config/sections.h"
#include "exporter/config/url.h"
#include "exporter/yaml/read_file.h"
#include "exporter/yaml/section.h"
#include "exporter/yaml/words.h"

namespace together {
namespace {

constexpr int kMostRequests = 1000;
constexpr int kMostModels = 100'000;
constexpr const char* kLooksLikeKey =
    "this looks like a key itself; write where the key is to be found";

// Together's keys are 64 hex digits or start with "tgp_".
bool looks_like_key(std::string_view text) {
  const std::size_t end = text.find_last_not_of(" \t\r\n");
  text = text.substr(0, end == std::string_view::npos ? 0 : end + 1);
  return text.starts_with("tgp_") ||
         (text.size() == 64 &&
          text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos);
}

// No message quotes what looks like a key: people put it into these two by mistake.
void read_key_file(const Field& field, std::string& into) {
  const auto text = field.text();
  if (!text) return;
  if (looks_like_key(*text)) {
    field.wrong(kLooksLikeKey);
  } else if (text->empty()) {
    field.wrong("the path is empty; write one or leave the key out");
  } else {
    into = field.path().value_or("");
  }
}

void read_key_variable(const Field& field, std::string& into) {
  const auto name = field.text();
  if (!name) return;
  if (looks_like_key(*name)) {
    field.wrong(kLooksLikeKey);
  } else if (!is_identifier(*name)) {
    field.wrong("this is no name of an environment variable; write it as TOGETHER_API_KEY");
  } else {
    into = *name;
  }
}

void read_key(const Section& section, UpstreamConfig& upstream) {
  const Field* file = section.find("api_key_file");
  const Field* variable = section.find("api_key_env");
  if (file) {
    upstream.api_key_env.clear();
    read_key_file(*file, upstream.api_key_file);
  }
  if (!variable) return;
  read_key_variable(*variable, upstream.api_key_env);
  if (file) variable->wrong("api_key_file is given too; keep one of the two");
}

void read_address(const Section& section, std::string_view key,
                  std::string (*fault_of)(std::string_view), std::string& into) {
  const Field* field = section.find(key);
  if (!field) return;
  const auto url = field->text();
  if (!url) return;
  const std::string fault = fault_of(*url);
  if (!fault.empty()) field->wrong(fault);
  into = *url;
}

std::string fault_of_optional_proxy(std::string_view text) {
  return text.empty() ? "" : fault_of_proxy_url(text);
}

void read_ca_file(const Section& section, std::string& into) {
  section.read_path("ca_file", into);
  if (into.empty()) return;
  if (const auto certificates = read_small_file(into); !certificates) {
    section.find("ca_file")->wrong("cannot read " + in_quotes(into) + ": " +
                                   certificates.error().message);
  }
}

}  // namespace

void read_upstream(const Field& field, UpstreamConfig& upstream) {
  const Section section(field, {"base_url", "api_key_file", "api_key_env", "ca_file", "proxy_url",
                                "timeout", "connect_timeout", "max_concurrent_requests"});
  read_address(section, "base_url", fault_of_base_url, upstream.base_url);
  while (upstream.base_url.ends_with('/')) upstream.base_url.pop_back();
  read_key(section, upstream);
  read_ca_file(section, upstream.ca_file);
  read_address(section, "proxy_url", fault_of_optional_proxy, upstream.proxy_url);
  if (!upstream.proxy_url.empty() && upstream.base_url.starts_with("http://")) {
    section.find("proxy_url")
        ->wrong(
            "base_url is http://, so the proxy would read the key in clear text; use https:// or "
            "no "
            "proxy");
  }
  section.read("timeout", upstream.timeout);
  section.read("connect_timeout", upstream.connect_timeout);
  section.read("max_concurrent_requests", upstream.max_concurrent_requests, 1, kMostRequests);
}

void read_catalog(const Field& field, Config& config) {
  const Section section(field, {"export", "max_models"});
  config.export_all = section.choice("export", {"tracked", "all"}, "tracked") == "all";
  section.read("max_models", config.max_models, 1, kMostModels);
}

void read_budget(const Field& field, Config& config) {
  const Section section(field, {"usd_per_day"});
  section.read("usd_per_day", config.budget_usd_per_day);
}

void read_state(const Field& field, Config& config) {
  const Section section(field, {"path"});
  section.read_path("path", config.state_path);
}

}  // namespace together
