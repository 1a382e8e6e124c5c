// The certificates that an upstream's must lead to.
#include "exporter/http/ca_bundle.h"

#include <curl/curl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>
#include <utility>

namespace together {
namespace {

std::string system_bundle_path() {
  const char* path = curl_version_info(CURLVERSION_NOW)->cainfo;
  return path != nullptr ? path : "/etc/ssl/certs/ca-certificates.crt";
}

std::optional<std::string> read_all(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) return std::nullopt;
  return text.str();
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

Result<CaBundle> CaBundle::load(const std::string& extra_file) {
  if (extra_file.empty()) return CaBundle(system_bundle_path(), -1);

  const auto extra = read_all(extra_file);
  if (!extra) return fail("the CA file " + extra_file + " cannot be read");
  if (extra->find("-----BEGIN CERTIFICATE-----") == std::string::npos) {
    return fail("the CA file " + extra_file + " holds no PEM certificate");
  }
  // A file in memory, not CURLOPT_CAINFO_BLOB: libcurl keeps the parsed certificates of a named
  // file only, and parses a blob again for every connection (22 ms each).
  const int fd = ::memfd_create("ca-bundle", MFD_CLOEXEC);
  if (fd < 0 || !write_all(fd, read_all(system_bundle_path()).value_or("") + "\n" + *extra)) {
    const int error = errno;
    if (fd >= 0) ::close(fd);
    return fail("the CA file " + extra_file + " cannot be joined to the system's certificates: " +
                std::generic_category().message(error));
  }
  return CaBundle("/proc/self/fd/" + std::to_string(fd), fd);
}

CaBundle::CaBundle(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}

CaBundle::CaBundle(CaBundle&& other) noexcept
    : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)) {}

CaBundle::~CaBundle() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace together
