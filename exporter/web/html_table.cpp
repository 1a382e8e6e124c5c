// The parts that every table of the status page is made of.
#include "exporter/web/html_table.h"

#include <array>
#include <cstdio>

#include "exporter/web/html.h"
#include "exporter/web/status_view.h"

namespace together {

std::string dollars(double usd) {
  std::array<char, 400> text{};
  const int n = std::snprintf(text.data(), text.size(), "$%.6f", usd);
  std::string out(text.data(), static_cast<std::size_t>(n));
  for (int i = 0; i < 4 && out.ends_with('0'); ++i) out.pop_back();
  return out;
}

std::string state_badge(std::string_view state) {
  const std::string name(known_state(state));
  return "<span class=\"state " + name + "\">" + html_text(state) + "</span>";
}

std::string cell(std::string_view label, const std::string& html) {
  if (html.empty()) return "<td></td>";
  return "<td data-label=\"" + std::string(label) + "\">" + html + "</td>";
}

std::string row_head(const std::string& html) { return "<th scope=\"row\">" + html + "</th>"; }

std::string table_start(std::string_view id, std::string_view caption,
                        std::initializer_list<std::string_view> columns) {
  std::string out = "<section aria-labelledby=\"";
  out.append(id).append("\">\n<table class=\"").append(id).append("-table\"><caption><h2 id=\"");
  out.append(id).append("\">").append(caption).append("</h2></caption><thead><tr>");
  for (const auto column : columns) {
    out.append("<th scope=\"col\">").append(column).append("</th>");
  }
  return out + "</tr></thead><tbody>\n";
}

std::string empty_row(std::size_t columns, std::string_view text) {
  return "<tr><td colspan=\"" + std::to_string(columns) + "\" class=\"dim\">" + std::string(text) +
         "</td></tr>\n";
}

std::string rest_line(std::size_t shown, std::size_t all, std::string_view href) {
  if (shown >= all) return "";
  return "<p class=\"dim\">The first " + std::to_string(shown) + " of " + std::to_string(all) +
         "; all are in " + html_link(href, href) + ".</p>\n";
}

std::string short_list(const std::vector<std::string>& html_items) {
  if (html_items.empty()) return "";
  std::string out = "<ul>";
  for (std::size_t i = 0; i < html_items.size(); ++i) {
    if (i == kItemsShown) {
      out += "<li class=\"dim\">and " + std::to_string(html_items.size() - i) + " more</li>";
      break;
    }
    out += "<li>" + html_items[i] + "</li>";
  }
  return out + "</ul>";
}

}  // namespace together
