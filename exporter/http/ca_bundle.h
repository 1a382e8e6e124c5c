// The certificates that an upstream's must lead to.
#pragma once

#include <string>

#include "exporter/core/result.h"

namespace together {

/// The system's bundle, with the certificates of one more file where that is asked for.
class CaBundle {
 public:
  /// `extra_file` may be "". A system without a bundle leaves only the extra ones.
  /// Errors: the extra file cannot be read, or holds no PEM certificate.
  static Result<CaBundle> load(const std::string& extra_file);

  CaBundle(CaBundle&& other) noexcept;
  CaBundle& operator=(CaBundle&&) = delete;
  CaBundle(const CaBundle&) = delete;
  ~CaBundle();

  /// For CURLOPT_CAINFO; good as long as this object lives.
  const std::string& path() const { return path_; }

 private:
  CaBundle(std::string path, int fd);
  std::string path_;
  int fd_ = -1;  ///< the joined bundle in memory, where there is one
};

}  // namespace together
