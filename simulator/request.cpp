// A request as the simulator sees it.
#include "simulator/request.h"

#include <charconv>

namespace together::simulator {
namespace {

std::string decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char byte = 0;
    const char* digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      out += static_cast<char>(byte);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

}  // namespace

std::map<std::string, std::string> parse_query(std::string_view query) {
  std::map<std::string, std::string> pairs;
  while (!query.empty()) {
    const auto end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    const auto equals = pair.find('=');
    if (!pair.empty()) {
      pairs[decode(pair.substr(0, equals))] =
          equals == std::string_view::npos ? "" : decode(pair.substr(equals + 1));
    }
    query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
  }
  return pairs;
}

std::string header(const Request& request, const std::string& lower_case_name) {
  const auto it = request.headers.find(lower_case_name);
  return it == request.headers.end() ? "" : it->second;
}

}  // namespace together::simulator
