// `--web.config.file`: who may read, and extra headers, in exporter-toolkit's format.
#include "exporter/web/web_config.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <sys/stat.h>

#include "exporter/core/text.h"
#include "exporter/web/basic_auth.h"
#include "exporter/yaml/read_file.h"
#include "exporter/yaml/section.h"
#include "exporter/yaml/words.h"

namespace together {
namespace {

/// A header this file may set, and the values it may have; none: any.
struct AllowedHeader {
  std::string_view name;
  std::array<std::string_view, 2> values;
};
constexpr std::array<AllowedHeader, 5> kAllowedHeaders{{
    {"Content-Security-Policy", {}},
    {"Strict-Transport-Security", {}},
    {"X-Content-Type-Options", {"nosniff", ""}},
    {"X-Frame-Options", {"deny", "sameorigin"}},
    {"X-XSS-Protection", {}},
}};

/// What keeps a header from being set, as a sentence; "" if nothing does.
std::string fault_of_header(std::string_view name, std::string_view value) {
  const auto* allowed =
      std::find_if(kAllowedHeaders.begin(), kAllowedHeaders.end(),
                   [&](const auto& header) { return equals_ignoring_case(header.name, name); });
  if (allowed == kAllowedHeaders.end()) return "this header cannot be set here";
  if (has_control_characters(value)) return "must not hold control characters";
  const auto& values = allowed->values;
  if (values[0].empty()) return "";
  const bool known = std::any_of(values.begin(), values.end(), [&](std::string_view v) {
    return !v.empty() && equals_ignoring_case(v, value);
  });
  if (known) return "";
  return "must be " + std::string(values[0]) +
         (values[1].empty() ? "" : " or " + std::string(values[1]));
}

void read_headers(const Field& field, std::vector<Header>& headers) {
  const auto entries = field.map();
  if (!entries) return;
  for (const auto& [name, line, value] : *entries) {
    const auto text = value.text();
    if (!text) continue;
    if (const std::string fault = fault_of_header(name, *text); !fault.empty()) value.wrong(fault);
    headers.emplace_back(name, *text);
  }
}

void read_http_server_config(const Field& field, WebConfig& config) {
  const Section section(field, {"http2", "headers"});
  bool http2 = true;  // concerns TLS only, so both values are true here
  section.read("http2", http2);
  if (const Field* headers = section.find("headers")) read_headers(*headers, config.headers);
}

void read_users(const Field& field, WebConfig& config) {
  const auto entries = field.map();
  if (!entries) return;
  for (const auto& [name, line, value] : *entries) {
    const auto hash = value.text();
    if (!hash) continue;
    if (!is_bcrypt_hash(*hash)) {
      value.wrong("is no bcrypt hash; write one that starts with $2a$, $2b$ or $2y$");
    }
    config.users.emplace(name, *hash);
  }
}

WebConfig read(const YamlPtr& root, Report& report) {
  WebConfig config;
  const Field file(root, "", report);
  // A file that is being rewritten is empty for a moment; that must not let everybody in.
  if (root->kind == YamlNode::Kind::kNull) {
    file.wrong("the file is empty or has only comments; write {} if everybody may read");
    return config;
  }
  const Section top(file, {"basic_auth_users", "http_server_config", "tls_server_config"});
  if (const Field* tls = top.find("tls_server_config")) {
    tls->wrong(
        "TLS is not offered, because the HTTP server inside crashes under OpenSSL 3; let a proxy "
        "or service mesh in front of this program do it");
  }
  if (const Field* http = top.find("http_server_config")) read_http_server_config(*http, config);
  if (const Field* users = top.find("basic_auth_users")) read_users(*users, config);
  return config;
}

}  // namespace

Result<WebConfig> parse_web_config(std::string_view yaml, const std::string& file_name) {
  std::vector<Problem> problems;
  Report report(file_name, problems);
  WebConfig config;
  if (const auto root = parse_yaml(yaml)) {
    config = read(*root, report);
  } else {
    report.add(root.error().line, kWholeFile, root.error().message);
  }
  if (problems.empty()) return config;
  return fail(to_string(
      *std::min_element(problems.begin(), problems.end(),
                        [](const Problem& a, const Problem& b) { return a.line < b.line; })));
}

WebConfigFile::WebConfigFile(std::filesystem::path path) : path_(std::move(path)) {}

Result<std::shared_ptr<const WebConfig>> WebConfigFile::current() {
  const std::scoped_lock lock(mutex_);
  // Looked at before it is read: what changes in between shows next time.
  struct stat info {};
  const bool exists = stat(path_.c_str(), &info) == 0;
  const Stamp now{info.st_ino, info.st_size,
                  info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec};
  if (exists && now == stamp_) return loaded_;
  stamp_ = {};
  const auto text = read_small_file(path_.string());
  if (!text) {
    return fail(to_string(
        Problem{path_.string(), 1, kWholeFile, "cannot read it: " + text.error().message}));
  }
  loaded_ = parse_web_config(*text, path_.string()).map([](WebConfig config) {
    return std::make_shared<const WebConfig>(std::move(config));
  });
  stamp_ = now;
  return loaded_;
}

}  // namespace together
