// The parts that every table of the status page is made of.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace together {

/// "$0.88", "$0.0421": two decimals, and up to six where they are needed.
std::string dollars(double usd);

/// Any text, in the colour of the state where it is one.
std::string state_badge(std::string_view state);

/// `label` stands in front of the value on a narrow screen, where the head is hidden.
std::string cell(std::string_view label, const std::string& html);
std::string row_head(const std::string& html);

std::string table_start(std::string_view caption, std::initializer_list<std::string_view> columns);
inline constexpr std::string_view kTableEnd = "</tbody></table>\n";

/// In place of rows where there are none.
std::string empty_row(std::size_t columns, std::string_view text);

}  // namespace together
