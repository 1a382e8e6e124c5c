// /api/v1/retirements.ics.
#include "exporter/web/calendar.h"

#include <algorithm>

#include "exporter/core/duration.h"
#include "exporter/core/stable_hash.h"
#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::size_t kMaxTextBytes = 2048;
constexpr std::size_t kMaxNameBytes = 200;
constexpr std::size_t kLineBytes = 75;  ///< RFC 5545, section 3.1

/// A line of at most 75 bytes; what is left goes on in further ones that begin with a space.
/// Never cut inside a character: clients read line by line.
void add_line(std::string& calendar, std::string_view line) {
  std::size_t room = kLineBytes;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 1 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
    calendar.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = kLineBytes - 1;
  }
  calendar.append(line).append("\r\n");
}

/// Some readers end a line at U+0085, U+2028 and U+2029 too; those and the other controls from
/// U+0080 to U+009F become spaces. Requires: valid UTF-8.
std::string without_line_ends(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const bool is_control = text[0] == '\xC2' && static_cast<unsigned char>(text[1]) < 0xA0;
    const bool is_separator = text.starts_with("\u2028") || text.starts_with("\u2029");
    if (is_control || is_separator) {
      plain += ' ';
      text.remove_prefix(is_control ? 2 : 3);
    } else {
      plain += text[0];
      text.remove_prefix(1);
    }
  }
  return plain;
}

/// Section 3.3.11: commas, semicolons and backslashes are escaped; no line ends are left.
std::string escaped(std::string_view any_bytes) {
  std::string text;
  for (const char c : without_line_ends(one_line(any_bytes, kMaxTextBytes))) {
    if (c == '\\' || c == ';' || c == ',') text += '\\';
    text += c;
  }
  return text;
}

std::string basic_date(Day day) {
  std::string text = format_day(day);
  std::erase(text, '-');
  return text;
}

/// 20261121T013511Z
std::string basic_time(WallTime t) {
  std::string text = format_time(t);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

std::string surface_name(const std::string& surface) {
  return surface == "fine_tuning" ? "fine-tuning" : "inference";
}

std::string name(const std::string& any_bytes) { return one_line(any_bytes, kMaxNameBytes); }

std::string summary(const StatusView::Model& model, const StatusView::Retirement& retirement) {
  return name(model.id) + " leaves " + surface_name(retirement.surface) + " (" +
         name(retirement.source) + ")";
}

std::string description(const StatusView::Model& model, const StatusView::Retirement& retirement) {
  std::string text = "Says " + name(retirement.source) + ". State now: " + name(model.state) + ".";
  if (!retirement.replacement.empty()) {
    text += " Replacement: " + name(retirement.replacement);
    const auto replacement =
        std::find_if(model.replacements.begin(), model.replacements.end(),
                     [&](const auto& other) { return other.id == retirement.replacement; });
    if (replacement != model.replacements.end()) text += " (" + name(replacement->state) + ")";
    text += ".";
  }
  if (!model.successor.empty()) text += " The nearest that answers: " + name(model.successor) + ".";
  return text;
}

void add_event(std::string& calendar, const StatusView& view, const StatusView::Model& model,
               const StatusView::Retirement& retirement) {
  const auto identity = stable_hash({model.id, retirement.surface, retirement.source});
  add_line(calendar, "BEGIN:VEVENT");
  add_line(calendar, "UID:" + std::to_string(identity) + "@together-exporter");
  add_line(calendar, "DTSTAMP:" + basic_time(view.now));
  add_line(calendar, "DTSTART;VALUE=DATE:" + basic_date(retirement.date));
  add_line(calendar, "DTEND;VALUE=DATE:" + basic_date(retirement.date + std::chrono::days(1)));
  add_line(calendar, "SUMMARY:" + escaped(summary(model, retirement)));
  add_line(calendar, "DESCRIPTION:" + escaped(description(model, retirement)));
  add_line(calendar, "CATEGORIES:" + surface_name(retirement.surface));
  add_line(calendar, "TRANSP:TRANSPARENT");
  add_line(calendar, "END:VEVENT");
}

}  // namespace

std::string render_calendar(const StatusView& view) {
  std::string calendar;
  add_line(calendar, "BEGIN:VCALENDAR");
  add_line(calendar, "VERSION:2.0");
  add_line(calendar, "PRODID:-//together-exporter//" + escaped(view.version) + "//EN");
  add_line(calendar, "METHOD:PUBLISH");
  add_line(calendar, "X-WR-CALNAME:Together AI retirements");
  for (const auto& model : view.models) {
    for (const auto& retirement : model.retirements) add_event(calendar, view, model, retirement);
  }
  add_line(calendar, "END:VCALENDAR");
  return calendar;
}

}  // namespace together
