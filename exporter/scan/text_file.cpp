// Reads the files of a source tree.
#include "exporter/scan/text_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace together {
namespace {

constexpr std::size_t kBinaryLooksAt = 8000;
constexpr std::size_t kReadAtOnce = 1 << 20;

class File {
 public:
  // O_NONBLOCK: a pipe without a writer must not hold the scan up.
  explicit File(const std::string& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  /// Errors: not open, or nothing that can be read to its end.
  std::optional<Error> fault() const {
    struct stat status {};
    if (fd_ < 0 || ::fstat(fd_, &status) != 0) return Error{std::strerror(errno)};
    if (S_ISDIR(status.st_mode)) return Error{"it is a directory"};
    if (!S_ISREG(status.st_mode)) return Error{"it is no regular file"};
    return std::nullopt;
  }

  /// Appends until `text` has `most` bytes or the file ends.
  std::optional<Error> read_up_to(std::size_t most, std::string& text) const {
    while (text.size() < most) {
      const auto before = text.size();
      text.resize(std::min(most, before + kReadAtOnce));
      const auto got = ::read(fd_, text.data() + before, text.size() - before);
      text.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
      if (got < 0 && errno != EINTR) return Error{std::strerror(errno)};
      if (got == 0) break;
    }
    return std::nullopt;
  }

 private:
  int fd_;
};

bool is_binary(std::string_view text) {
  return text.substr(0, kBinaryLooksAt).find('\0') != std::string_view::npos;
}

void append_utf8(char32_t c, std::string& text) {
  const auto add = [&](char32_t byte) { text += static_cast<char>(byte); };
  if (c < 0x80) {
    add(c);
  } else if (c < 0x800) {
    add(0xC0 | (c >> 6));
    add(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    add(0xE0 | (c >> 12));
    add(0x80 | ((c >> 6) & 0x3F));
    add(0x80 | (c & 0x3F));
  } else {
    add(0xF0 | (c >> 18));
    add(0x80 | ((c >> 12) & 0x3F));
    add(0x80 | ((c >> 6) & 0x3F));
    add(0x80 | (c & 0x3F));
  }
}

/// Lone surrogates and half a unit at the end become U+FFFD. Source: RFC 2781, section 2.2.
std::string from_utf16(std::string_view bytes, bool big_endian) {
  const auto unit = [&](std::size_t at) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return big_endian ? first * 256u + second : second * 256u + first;
  };
  std::string text;
  text.reserve(bytes.size());
  std::size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) {
    char32_t c = unit(at);
    if (c >= 0xD800 && c <= 0xDFFF) {
      const char32_t low = c < 0xDC00 && at + 3 < bytes.size() ? unit(at + 2) : 0;
      const bool pair = low >= 0xDC00 && low <= 0xDFFF;
      c = pair ? 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
      if (pair) at += 2;
    }
    append_utf8(c, text);
  }
  if (at < bytes.size()) append_utf8(0xFFFD, text);
  return text;
}

tl::unexpected<Error> too_large() { return fail("it is larger than 64 MiB and was not read"); }

}  // namespace

Result<std::string> read_bytes(const std::string& path) {
  const File file(path);
  if (auto fault = file.fault()) return tl::make_unexpected(std::move(*fault));
  std::string text;
  if (auto fault = file.read_up_to(kMaxScannedBytes + 1, text)) {
    return tl::make_unexpected(std::move(*fault));
  }
  if (text.size() > kMaxScannedBytes) return too_large();
  return text;
}

Result<std::optional<std::string>> read_text(const std::string& path) {
  const File file(path);
  if (auto fault = file.fault()) return tl::make_unexpected(std::move(*fault));
  std::string text;
  if (auto fault = file.read_up_to(kBinaryLooksAt, text)) {
    return tl::make_unexpected(std::move(*fault));
  }
  const bool big_endian = text.starts_with("\xFE\xFF");
  const bool utf16 = big_endian || text.starts_with("\xFF\xFE");
  if (!utf16 && is_binary(text)) return std::nullopt;
  if (auto fault = file.read_up_to(kMaxScannedBytes + 1, text)) {
    return tl::make_unexpected(std::move(*fault));
  }
  if (text.size() > kMaxScannedBytes) return too_large();
  if (utf16) {
    text = from_utf16(std::string_view(text).substr(2), big_endian);
    if (is_binary(text)) return std::nullopt;
  } else if (text.starts_with("\xEF\xBB\xBF")) {
    text.erase(0, 3);
  }
  return std::optional(std::move(text));
}

}  // namespace together
