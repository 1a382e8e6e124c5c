// Text and times, safe inside HTML.
#include "exporter/web/html.h"

#include <chrono>

#include "exporter/core/duration.h"
#include "exporter/core/text.h"

namespace together {

std::string html_text(std::string_view any_bytes) {
  std::string out;
  for (const char c : one_line(any_bytes, 1024)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string coarse_duration(Duration d) {
  using namespace std::chrono;
  if (d < minutes(1)) return std::to_string(floor<seconds>(d).count()) + " s";
  if (d < hours(1)) return std::to_string(floor<minutes>(d).count()) + " min";
  if (d < days(2)) return std::to_string(floor<hours>(d).count()) + " h";
  return std::to_string(floor<days>(d).count()) + " d";
}

std::string html_age(const std::optional<WallTime>& t, WallTime now) {
  if (!t) return "never";
  const std::string iso = format_time(*t);
  const std::string age =
      *t <= now ? coarse_duration(now - *t) + " ago" : "in " + coarse_duration(*t - now);
  return "<time datetime=\"" + iso + "\" title=\"" + iso + "\">" + age + "</time>";
}

std::string html_link(std::string_view text, std::string_view href) {
  const bool is_ours = href.starts_with("/") && !href.starts_with("//");
  if (!is_ours && !href.starts_with("http://") && !href.starts_with("https://")) {
    return html_text(text);
  }
  return "<a href=\"" + html_text(href) + "\">" + html_text(text) + "</a>";
}

}  // namespace together
