// Numbers as the exposition formats write them.
#include "exporter/metrics/number.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace together {

void append_number(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "NaN";
  } else if (std::isinf(value)) {
    out += value > 0 ? "+Inf" : "-Inf";
  } else {
    std::array<char, 32> text{};  // the longest shortest double has 24 characters
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    out.append(text.data(), end);
  }
}

void append_bound(std::string& out, double value) {
  const std::size_t start = out.size();
  append_number(out, value);
  const bool is_whole = std::string_view(out).substr(start).find_first_not_of("-0123456789") ==
                        std::string_view::npos;
  if (is_whole) out += ".0";
}

}  // namespace together
