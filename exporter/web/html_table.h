// The parts that every table of the status page is made of.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace together {

/// "$0.88", "$0.0421": two decimals, and up to six where they are needed.
std::string dollars(double usd);

/// Any text, in the colour of the state where it is one.
std::string state_badge(std::string_view state);

/// `label` stands in front of the value on a narrow screen, where the head is hidden.
std::string cell(std::string_view label, const std::string& html);
std::string row_head(const std::string& html);

/// Opens a region of the page that is named by its heading, the caption of the table in it.
std::string table_start(std::string_view id, std::string_view caption,
                        std::initializer_list<std::string_view> columns);
/// Closes the table; kSectionEnd closes the region behind whatever else it holds.
inline constexpr std::string_view kTableEnd = "</tbody></table>\n";
inline constexpr std::string_view kSectionEnd = "</section>\n";

/// In place of rows where there are none.
std::string empty_row(std::size_t columns, std::string_view text);

/// "The first 200 of 345; all are in <link>."; "" where all are shown.
std::string rest_line(std::size_t shown, std::size_t all, std::string_view href);

/// A list of at most kItemsShown of the items, with the number of those left out; "" of none.
std::string short_list(const std::vector<std::string>& html_items);
inline constexpr std::size_t kItemsShown = 6;

}  // namespace together
