// The API key: how it is held, read and renewed.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "exporter/core/result.h"

namespace together {

/// Text that must reach no log, metric, page, error or database: it does not print, convert or
/// copy, and its memory is overwritten when it goes.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}
  Secret(Secret&& other) noexcept { *this = std::move(other); }
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { wipe(); }

  /// For the transport, which alone puts it on the wire.
  const std::string& reveal() const { return text_; }

 private:
  void wipe();
  std::string text_;
};

/// The key in `file`, or where `file` is "" the one in the environment variable `env`. White space
/// after it is dropped.
/// Errors: names the file or variable and what is wrong; never quotes what it holds. A key is 1 to
/// 4,096 printable ASCII characters without spaces: anything else could not stand in a header.
Result<Secret> read_key(const std::string& file, const std::string& env);

/// A key that follows its file, so that a rotated one works without a restart.
/// Threads: one.
class KeySource {
 public:
  /// Told one sentence when a changed file cannot be read, once until it can be again.
  using Report = std::function<void(const std::string& problem)>;

  /// Errors: as read_key.
  static Result<std::unique_ptr<KeySource>> open(std::string file, std::string env, Report report);

  /// The newest key that could be read. Costs one stat() while nothing changes.
  const Secret& current();

 private:
  /// Differs when the file was replaced, rewritten or given other rights.
  struct FileStamp {
    dev_t device = 0;
    ino_t inode = 0;
    off_t size = 0;
    std::int64_t changed_ns = 0;
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
  };
  static std::optional<FileStamp> stamp_of(const std::string& file);

  KeySource(std::string file, Report report, Secret key, std::optional<FileStamp> seen);

  std::string file_;  ///< "" where the key came from the environment
  Report report_;
  Secret key_;
  std::optional<FileStamp> seen_;
  bool failing_ = false;
};

}  // namespace together
