// What events say.
#include "exporter/ledger/event_text.h"

#include "exporter/core/duration.h"
#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::size_t kShownBytes = 200;

std::string quoted(std::string_view text) { return "\"" + one_line(text, kShownBytes) + "\""; }

std::string per_million(double usd_per_token) {
  std::string text = std::to_string(usd_per_token * 1e6);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text + " USD per million tokens";
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
    case ModelState::kRedirected: return quoted(looks.served_model) + " answers for it";
    case ModelState::kThrottled: return "answered 429: it exists";
    case ModelState::kAvailable: return "it answered";
    case ModelState::kUnknown: return "no fresh look proves anything";
  }
  return "";
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
  return quoted(id) + " " + std::string(change.direction) + " price went from " +
         per_million(change.before) + " to " + per_million(change.after);
}

std::string header_text(const HeaderChange& change) {
  return "header " + change.header + " of " + change.surface + " answers went from " +
         quoted(change.before) + " to " + quoted(change.after);
}

std::string gate_text(Gate gate, bool closed) {
  return "gate " + std::string(to_string(gate)) +
         (closed ? " closed: no model can be judged" : " opened again");
}

std::string state_text(const ModelBelief& model, ModelState before) {
  return quoted(model.watched.id) + " went from " + std::string(to_string(before)) + " to " +
         std::string(to_string(model.state)) + ": " + reason_text(model);
}

}  // namespace together
