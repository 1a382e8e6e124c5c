// The API key: how it is held, read and renewed.
#include "exporter/http/credential.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

namespace together {
namespace {

constexpr std::size_t kMaxKeyBytes = 4096;

std::string system_message(int error) { return std::generic_category().message(error); }

Result<Secret> check_key(std::string_view text, const std::string& where) {
  const auto end = text.find_last_not_of(" \t\r\n");
  if (end == std::string_view::npos) return fail(where + " is empty");
  text = text.substr(0, end + 1);
  if (text.size() > kMaxKeyBytes) return fail(where + " is longer than 4096 bytes");
  const bool printable =
      std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (!printable) {
    return fail(where + " holds a space, a control character or a character that is not ASCII");
  }
  return Secret(std::string(text));
}

Result<Secret> read_key_file(const std::string& file) {
  const std::string where = "the key file " + file;
  // Without O_NONBLOCK a named pipe would stop the loop.
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return fail(where + " cannot be opened: " + system_message(errno));
  std::array<char, kMaxKeyBytes + 64> buffer;
  std::size_t size = 0;
  ssize_t got = 0;
  do {
    got = ::read(fd, buffer.data() + size, buffer.size() - size);
    if (got > 0) size += static_cast<std::size_t>(got);
  } while ((got > 0 && size < buffer.size()) || (got < 0 && errno == EINTR));
  const int error = errno;
  ::close(fd);
  if (got < 0) return fail(where + " cannot be read: " + system_message(error));
  Result<Secret> key = size == buffer.size()
                           ? fail(where + " is longer than 4096 bytes")
                           : check_key(std::string_view(buffer.data(), size), where);
  explicit_bzero(buffer.data(), buffer.size());
  return key;
}

}  // namespace

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe();
    text_ = std::move(other.text_);
    other.wipe();  // a short text was copied, not moved
  }
  return *this;
}

void Secret::wipe() {
  text_.resize(text_.capacity());
  explicit_bzero(text_.data(), text_.size());
  text_.clear();
}

Result<Secret> read_key(const std::string& file, const std::string& env) {
  if (!file.empty()) return read_key_file(file);
  const char* value = std::getenv(env.c_str());
  const std::string where = "the environment variable " + env;
  if (value == nullptr) return fail(where + " is not set");
  return check_key(value, where);
}

Result<std::unique_ptr<KeySource>> KeySource::open(std::string file, std::string env,
                                                   Report report) {
  // Stamped before it is read: a change in between is then seen at the next request.
  const auto seen = stamp_of(file);
  Result<Secret> key = read_key(file, env);
  if (!key) return tl::make_unexpected(key.error());
  return std::unique_ptr<KeySource>(
      new KeySource(std::move(file), std::move(report), std::move(*key), seen));
}

KeySource::KeySource(std::string file, Report report, Secret key, std::optional<FileStamp> seen)
    : file_(std::move(file)), report_(std::move(report)), key_(std::move(key)), seen_(seen) {}

const Secret& KeySource::current() {
  if (file_.empty()) return key_;
  const auto stamp = stamp_of(file_);
  if (!failing_ && stamp == seen_) return key_;
  seen_ = stamp;
  Result<Secret> key = read_key_file(file_);
  if (key) {
    key_ = std::move(*key);
    failing_ = false;
  } else if (!failing_) {
    failing_ = true;
    report_(key.error().message + "; the key read before stays in use");
  }
  return key_;
}

std::optional<KeySource::FileStamp> KeySource::stamp_of(const std::string& file) {
  struct stat s {};
  if (::stat(file.c_str(), &s) != 0) return std::nullopt;
  const std::int64_t changed_ns =
      static_cast<std::int64_t>(s.st_ctim.tv_sec) * 1'000'000'000 + s.st_ctim.tv_nsec;
  return FileStamp{s.st_dev, s.st_ino, s.st_size, changed_ns};
}

}  // namespace together
