// Basic authentication against bcrypt hashes.
#include "exporter/web/basic_auth.h"

#include <array>
#include <cstdint>
#include <memory>
#include <random>

#include <crypt.h>

#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::string_view kCryptAlphabet =
    "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kBase64Alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kMaxRemembered = 100;

/// Empty where the password cannot be hashed: libcrypt's limit is 512 bytes.
std::string hashed(const std::string& password, const std::string& setting) {
  const auto data = std::make_unique<crypt_data>();
  const char* out = crypt_r(password.c_str(), setting.c_str(), data.get());
  return out == nullptr || out[0] == '*' ? "" : out;
}

/// Takes the same time wherever the texts differ.
bool equals_slowly(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned>(a[i] ^ b[i]);
  return difference == 0;
}

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t value = kBase64Alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xFFFFFF;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

/// A setting for SHA-256 crypt at its fewest rounds: quick, one-way, and libcrypt has it already.
std::string random_sha256_setting() {
  std::random_device random;
  std::uniform_int_distribution<std::size_t> pick(0, kCryptAlphabet.size() - 1);
  std::string setting = "$5$rounds=1000$";
  for (int i = 0; i < 16; ++i) setting += kCryptAlphabet[pick(random)];
  return setting + '$';
}

}  // namespace

bool is_bcrypt_hash(std::string_view text) {
  if (text.size() != 60) return false;
  const std::string_view version = text.substr(0, 4);
  if (version != "$2a$" && version != "$2b$" && version != "$2y$") return false;
  const std::string_view cost = text.substr(4, 2);
  const bool cost_ok = cost >= "04" && cost <= "31" && cost[1] >= '0' && cost[1] <= '9';
  return cost_ok && text[6] == '$' &&
         text.substr(7).find_first_not_of(kCryptAlphabet) == std::string_view::npos;
}

std::optional<Credentials> parse_basic_auth(std::string_view authorization) {
  constexpr std::string_view kScheme = "Basic ";
  if (!equals_ignoring_case(authorization.substr(0, kScheme.size()), kScheme)) return std::nullopt;
  const auto decoded = decode_base64(authorization.substr(kScheme.size()));
  if (!decoded) return std::nullopt;
  const std::size_t colon = decoded->find(':');
  // libcrypt would read a password up to its first NUL only.
  if (colon == std::string::npos || decoded->find('\0') != std::string::npos) return std::nullopt;
  return Credentials{decoded->substr(0, colon), decoded->substr(colon + 1)};
}

BasicAuth::BasicAuth() : salt_(random_sha256_setting()) {}

bool BasicAuth::allows(const Users& users, std::string_view authorization) {
  if (users.empty()) return true;
  const auto given = parse_basic_auth(authorization);
  if (!given) return false;
  const auto found = users.find(given->user);
  const bool known = found != users.end();
  // For an unknown user somebody else's hash is worked through, and the result not used.
  const std::string& expected = known ? found->second : users.begin()->second;
  const std::string key = given->user + ':' + expected + ':' + hashed(given->password, salt_);
  {
    const std::scoped_lock lock(mutex_);
    if (known && right_.contains(key)) return true;
  }
  const std::scoped_lock one_at_a_time(bcrypt_mutex_);
  ++comparisons_;
  const bool right = equals_slowly(hashed(given->password, expected), expected);
  if (!known || !right) return false;
  const std::scoped_lock lock(mutex_);
  if (right_.size() >= kMaxRemembered) right_.clear();
  right_.insert(key);
  return true;
}

}  // namespace together
