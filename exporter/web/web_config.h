// `--web.config.file`: who may read, and extra headers, in exporter-toolkit's format.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "exporter/core/request.h"
#include "exporter/core/result.h"

namespace together {

struct WebConfig {
  std::map<std::string, std::string> users;  ///< name, bcrypt hash; none: everybody may read
  std::vector<Header> headers;               ///< added to every answer, over our own
};

/// Strict. Errors: the first, as `FILE:LINE: KEY: what is wrong`; hashes are not quoted.
/// `tls_server_config` is one, for no TLS is offered, and so is a file that says nothing.
/// Source: prometheus/exporter-toolkit, docs/web-configuration.md.
Result<WebConfig> parse_web_config(std::string_view yaml, const std::string& file_name);

/// The file, read again whenever it has changed on disk.
/// Threads: any.
class WebConfigFile {
 public:
  explicit WebConfigFile(std::filesystem::path path);

  /// Errors: as parse_web_config, and an unreadable file. A file that has become bad is an error
  /// until it is mended: nobody is let in by an old one.
  Result<std::shared_ptr<const WebConfig>> current();

 private:
  /// What changes when the file does.
  struct Stamp {
    ino_t inode = 0;
    off_t size = -1;
    long long modified_ns = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };

  std::filesystem::path path_;
  std::mutex mutex_;
  Stamp stamp_;
  Result<std::shared_ptr<const WebConfig>> loaded_;
};

}  // namespace together
