// What events say.
#include "exporter/ledger/event_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "exporter/core/duration.h"
#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::size_t kShownBytes = 200;
constexpr std::size_t kShownPaths = 8;

std::string quoted(std::string_view text) { return "\"" + one_line(text, kShownBytes) + "\""; }

/// Six digits, as far as they say anything.
std::string number_text(double number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", number);
  return text.data();
}

/// "+18 %".
std::string percent_text(double ratio) {
  const double percent = (ratio - 1) * 100;
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), std::abs(percent) < 9.95 ? "%+.2g %%" : "%+.0f %%",
                percent);
  return text.data();
}

/// "million_characters" as a person writes it.
std::string spaced(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string fault_text(PriceFault fault, bool one) {
  switch (fault) {
    case PriceFault::kVanished: return one ? "is gone" : "are gone";
    case PriceFault::kReturned: return one ? "is back" : "are back";
    case PriceFault::kKind: return one ? "is no number" : "are no numbers";
    case PriceFault::kUnreadable: return "cannot be read";
  }
  return "";
}

std::string row_text(int looks, const std::optional<WallTime>& since) {
  return std::to_string(looks) + (looks == 1 ? " look" : " looks in a row") +
         (since ? " since " + format_time(*since) : "");
}

std::string reason_text(const ModelBelief& model) {
  const Looks& looks = model.looks;
  switch (model.state) {
    case ModelState::kSuspect:
    case ModelState::kRemoved:
      if (looks.absent_in_row == 0) return "it left the model list before any look";
      return std::string(unavailable_reason(looks)) + ", " +
             row_text(looks.absent_in_row, looks.absent_since);
    case ModelState::kBlocked:
      return std::string(unavailable_reason(looks)) + ", " +
             row_text(looks.blocked_in_row, looks.blocked_since);
    case ModelState::kDown:
      return "failing, " + row_text(looks.failing_in_row, looks.failing_since);
    case ModelState::kRedirected:
      return quoted(looks.served_model) + " answers for it" +
             (is_revision(model.watched.id, looks.served_model) ? ", a dated revision" : "");
    case ModelState::kThrottled: return "answered 429: it exists";
    case ModelState::kAvailable: return "it answered";
    case ModelState::kUnknown: return "no fresh look proves anything";
  }
  return "";
}

std::string name_of(Surface surface) {
  return surface == Surface::kInference ? "inference" : "fine-tuning";
}

const Notice* same_notice(const std::vector<Notice>& among, const Notice& notice) {
  const auto found = std::find_if(among.begin(), among.end(), [&](const Notice& other) {
    return other.source == notice.source && other.surface == notice.surface;
  });
  return found == among.end() ? nullptr : &*found;
}

}  // namespace

std::string suspect_list_text(const std::string& list, std::size_t listed, std::size_t believed) {
  return "model list " + quoted(list) + " is suspect: " + std::to_string(listed) +
         " models where " + std::to_string(believed) +
         " were listed; nothing changes until it says so three times in 30 minutes";
}

std::string believed_list_text(const std::string& list, std::size_t listed) {
  return "model list " + quoted(list) + " is believed again, with " + std::to_string(listed) +
         " models";
}

std::string listing_text(const std::string& id, std::string_view verb, const std::string& list) {
  return quoted(id) + " " + std::string(verb) + " the model list " + quoted(list);
}

std::string price_text(const std::string& id, const PriceChange& change) {
  const double shown = change.per_token ? 1e6 : 1;
  const std::string numbers =
      number_text(change.before * shown) + " -> " + number_text(change.after * shown) + " USD per ";
  return quoted(id) + " changed its price: " +
         (change.per_token ? spaced(change.name) + " " + numbers + "million tokens"
                           : numbers + spaced(change.name)) +
         ", " + percent_text(change.after / change.before);
}

std::string price_fault_text(const std::string& id, PriceFault fault,
                             const std::vector<std::string>& names) {
  std::string text = "a fault of the model list: of " + quoted(id) + " the price";
  if (names.size() > 1) text += "s";
  for (std::size_t i = 0; i < names.size(); ++i) text += (i == 0 ? " " : ", ") + quoted(names[i]);
  return text + " " + fault_text(fault, names.size() == 1);
}

std::string mass_fault_text(PriceFault fault, std::size_t models, std::size_t listed,
                            std::size_t watched) {
  return "a fault of the model list: prices of " + std::to_string(models) + " of " +
         std::to_string(listed) + " models " + fault_text(fault, false) + ", " +
         std::to_string(watched) + " of them watched";
}

std::string price_policy_text(const std::string& id, const std::string& to,
                              std::string_view direction, double times) {
  return quoted(to) + " takes requests for " + quoted(id) + ", and its price of " +
         spaced(direction) + " tokens is " + percent_text(times) +
         "; Together's own policy for redirects is 10 % at most";
}

std::string header_text(const HeaderChange& change) {
  return "header " + change.header + " of " + change.surface + " answers went from " +
         quoted(change.before) + " to " + quoted(change.after);
}

std::string shape_text(const std::string& surface, const std::string& model,
                       const ShapeChange& change) {
  std::string text = (model.empty() ? "" : one_line(model, kShownBytes) + ": ") + "the shape of " +
                     surface + " answers changed";
  const auto tell = [&](std::string_view verb, const std::vector<std::string>& paths) {
    if (paths.empty()) return;
    text.append("; ").append(verb).append(" ");
    for (std::size_t i = 0; i < std::min(paths.size(), kShownPaths); ++i) {
      text += (i == 0 ? "" : ", ") + one_line(paths[i], kShownBytes);
    }
    if (paths.size() > kShownPaths) {
      text += " and " + std::to_string(paths.size() - kShownPaths) + " more";
    }
  };
  tell("came:", change.came);
  tell("went:", change.went);
  tell("other type:", change.retyped);
  return text;
}

std::string remark_text(const std::string& probe, const std::string& model, const Remark& remark) {
  return (model.empty() ? "" : one_line(model, kShownBytes) + ": ") + "new " + spaced(remark.kind) +
         " seen by " + probe + ": " + quoted(remark.text);
}

std::string gate_text(Gate gate, bool closed) {
  return "gate " + std::string(to_string(gate)) +
         (closed ? " closed: no model can be judged" : " opened again");
}

std::string source_text(const SourceBelief& source) {
  const std::string name = "retirement source " + quoted(source.source.name);
  if (source.up == true) {
    const std::size_t rows = source.rows.size();
    return name + " is good again, with " + std::to_string(rows) + (rows == 1 ? " row" : " rows");
  }
  return name + " is broken, its last good answer stays: " + one_line(source.trouble, kShownBytes);
}

std::string unknown_text(const std::string& id, const std::vector<std::string>& nearest) {
  std::string text = quoted(id) + " is in no list, source or migration, and never answered";
  for (std::size_t i = 0; i < nearest.size(); ++i) {
    text += (i == 0 ? "; did you mean " : " or ") + quoted(nearest[i]);
  }
  return text + (nearest.empty() ? "" : "?");
}

std::vector<std::string> announcement_texts(const ModelBelief& model,
                                            const std::vector<Notice>& now_told, WallTime now) {
  std::vector<std::string> texts;
  const std::string id = quoted(model.watched.id);
  for (const auto& notice : now_told) {
    const Notice* before = same_notice(model.notices, notice);
    if (before != nullptr && before->date == notice.date &&
        before->replacement == notice.replacement) {
      continue;
    }
    std::string text = quoted(notice.source) + " says that " + id;
    if (!notice.date) {
      text += " will leave " + name_of(notice.surface) + ", and names no day";
    } else {
      text += (*notice.date <= now ? " left " : " will leave ") + name_of(notice.surface) + " on " +
              format_day(*notice.date);
    }
    if (before != nullptr && before->date && before->date != notice.date) {
      text += ", not on " + format_day(*before->date);
    }
    if (!notice.replacement.empty()) text += "; its replacement is " + quoted(notice.replacement);
    texts.push_back(std::move(text));
  }
  for (const auto& before : model.notices) {
    if (same_notice(now_told, before) != nullptr) continue;
    texts.push_back(quoted(before.source) + " no longer says that " + id + " leaves " +
                    name_of(before.surface) +
                    (before.date ? " on " + format_day(*before.date) : ""));
  }
  return texts;
}

std::vector<std::string> redirect_texts(const ModelBelief& model,
                                        const std::vector<AnnouncedRedirect>& now_told) {
  std::vector<std::string> texts;
  const std::string id = quoted(model.watched.id);
  const auto in = [](const std::vector<AnnouncedRedirect>& all, const AnnouncedRedirect& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  for (const auto& redirect : now_told) {
    if (in(model.redirects, redirect)) continue;
    texts.push_back(quoted(redirect.source) + " says that " + quoted(redirect.to) +
                    " answers for " + id);
  }
  for (const auto& before : model.redirects) {
    if (in(now_told, before)) continue;
    texts.push_back(quoted(before.source) + " no longer says that " + quoted(before.to) +
                    " answers for " + id);
  }
  return texts;
}

std::string state_text(const ModelBelief& model, ModelState before) {
  return quoted(model.watched.id) + " went from " + std::string(to_string(before)) + " to " +
         std::string(to_string(model.state)) + ": " + reason_text(model);
}

}  // namespace together
