// `--web.config.file`: who may read, and extra headers, in exporter-toolkit's format.
#include "exporter/web/web_config.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <utility>

#include <sys/stat.h>
#include <yaml-cpp/yaml.h>

#include "exporter/core/text.h"
#include "exporter/web/basic_auth.h"
#include "exporter/web/http.h"

namespace together {
namespace {

constexpr std::size_t kMaxFileBytes = 1 << 20;

/// Thrown and caught in this file only.
struct Problem {
  int line;
  std::string message;
};

[[noreturn]] void refuse(const YAML::Node& at, const std::string& key, const std::string& what) {
  throw Problem{at.Mark().line + 1, (key.empty() ? "" : one_line(key, 200) + ": ") + what};
}

/// The value as text. An alias, a list or a map is none.
std::string scalar(const YAML::Node& node, const std::string& key) {
  if (!node.IsScalar()) refuse(node, key, "must be text");
  return node.Scalar();
}

/// Calls `use(key, value)` for each pair of a mapping. yaml-cpp itself takes repeated keys.
template <class Use>
void for_each_pair(const YAML::Node& node, const std::string& parent, Use use) {
  if (node.IsNull()) return;
  if (!node.IsMap()) refuse(node, parent, "must be a mapping");
  std::set<std::string> seen;
  for (const auto& pair : node) {
    const std::string key = scalar(pair.first, parent);
    const std::string path = parent.empty() ? key : parent + "." + key;
    if (!seen.insert(key).second) refuse(pair.first, path, "is given twice");
    use(key, path, pair.first, pair.second);
  }
}

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

void check_header(const std::string& key, const std::string& path, const YAML::Node& at,
                  const std::string& value) {
  const auto* allowed =
      std::find_if(kAllowedHeaders.begin(), kAllowedHeaders.end(),
                   [&](const auto& header) { return equals_ignoring_case(header.name, key); });
  if (allowed == kAllowedHeaders.end()) refuse(at, path, "this header cannot be set here");
  const bool breaks_line = std::any_of(value.begin(), value.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  if (breaks_line) refuse(at, path, "must not hold control characters");
  const auto& values = allowed->values;
  if (values[0].empty()) return;
  const bool known = std::any_of(values.begin(), values.end(), [&](std::string_view v) {
    return !v.empty() && equals_ignoring_case(v, value);
  });
  if (!known) {
    refuse(at, path,
           "must be " + std::string(values[0]) +
               (values[1].empty() ? "" : " or " + std::string(values[1])));
  }
}

void read_http_server_config(const YAML::Node& node, WebConfig& config) {
  for_each_pair(node, "http_server_config",
                [&](const auto& key, const auto& path, const auto& at, const auto& value) {
                  if (key == "http2") {  // concerns TLS only, so both values are true here
                    const std::string flag = scalar(value, path);
                    if (flag != "true" && flag != "false")
                      refuse(value, path, "must be true or false");
                  } else if (key == "headers") {
                    for_each_pair(value, path,
                                  [&](const auto& name, const auto& header_path, const auto&,
                                      const auto& header_value) {
                                    const std::string text = scalar(header_value, header_path);
                                    check_header(name, header_path, header_value, text);
                                    config.headers.emplace_back(name, text);
                                  });
                  } else {
                    refuse(at, path, "is not a known key");
                  }
                });
}

void read_users(const YAML::Node& node, WebConfig& config) {
  for_each_pair(node, "basic_auth_users",
                [&](const auto& name, const auto& path, const auto&, const auto& value) {
                  const std::string hash = scalar(value, path);
                  if (!is_bcrypt_hash(hash)) {
                    refuse(value, path,
                           "is no bcrypt hash; write one that starts with $2a$, $2b$ or $2y$");
                  }
                  config.users.emplace(name, hash);
                });
}

WebConfig read(const YAML::Node& root) {
  WebConfig config;
  for_each_pair(root, "", [&](const auto& key, const auto&, const auto& at, const auto& value) {
    if (key == "tls_server_config") {
      refuse(at, key,
             "TLS is not offered, because the HTTP server inside crashes under OpenSSL 3; let a "
             "proxy or service mesh in front of this program do it");
    } else if (key == "http_server_config") {
      read_http_server_config(value, config);
    } else if (key == "basic_auth_users") {
      read_users(value, config);
    } else {
      refuse(at, key, "is not a known key");
    }
  });
  return config;
}

}  // namespace

Result<WebConfig> parse_web_config(std::string_view yaml, const std::string& file_name) {
  const auto problem = [&](int line, const std::string& what) {
    return fail(file_name + ":" + std::to_string(line) + ": " + what);
  };
  try {
    return read(YAML::Load(std::string(yaml)));
  } catch (const Problem& found) {
    return problem(found.line, found.message);
  } catch (const YAML::Exception& exception) {
    return problem(exception.mark.line + 1, "is not valid YAML: " + one_line(exception.msg, 200));
  }
}

WebConfigFile::WebConfigFile(std::filesystem::path path) : path_(std::move(path)) {}

Result<std::shared_ptr<const WebConfig>> WebConfigFile::current() {
  const std::scoped_lock lock(mutex_);
  struct stat info {};
  if (stat(path_.c_str(), &info) != 0) {
    stamp_ = {};
    return fail(path_.string() + ": the file cannot be read");
  }
  const Stamp now{info.st_ino, info.st_size,
                  info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec};
  if (now == stamp_) return loaded_;
  std::ifstream file(path_);
  std::string text(kMaxFileBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (!file.is_open() || file.bad() || text.size() > kMaxFileBytes) {
    stamp_ = {};
    return fail(path_.string() + ": the file cannot be read, or is larger than 1 MiB");
  }
  stamp_ = now;
  loaded_ = parse_web_config(text, path_.string()).map([](WebConfig config) {
    return std::make_shared<const WebConfig>(std::move(config));
  });
  return loaded_;
}

}  // namespace together
