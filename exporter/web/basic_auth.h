// Basic authentication against bcrypt hashes.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace together {

/// `$2a$`, `$2b$` or `$2y$`, a cost and 53 characters.
bool is_bcrypt_hash(std::string_view text);

struct Credentials {
  std::string user;
  std::string password;
};

/// Reads the value of an Authorization header. Source: RFC 7617.
std::optional<Credentials> parse_basic_auth(std::string_view authorization);

/// Says who may come in, with exporter-toolkit's habits: an unknown user costs as much work as a
/// known one, and a password found right is remembered by a salted hash, so that a scrape every
/// few seconds costs no bcrypt.
/// Threads: any.
class BasicAuth {
 public:
  using Users = std::map<std::string, std::string>;  ///< name, bcrypt hash

  BasicAuth();

  /// Everybody, where there are no users.
  bool allows(const Users& users, std::string_view authorization);

  /// How many passwords were compared by bcrypt.
  int comparisons() const { return comparisons_; }

 private:
  const std::string salt_;
  std::mutex mutex_;  // of right_
  std::set<std::string> right_;
  std::mutex bcrypt_mutex_;  // bcrypt is dear: guessing passwords gets one core and no more
  std::atomic<int> comparisons_ = 0;
};

}  // namespace together
