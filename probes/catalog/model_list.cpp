// One answer of GET /models, read once for the probes that ride on it.
#include "probes/catalog/model_list.h"

#include <string_view>
#include <unordered_set>
#include <utility>

#include "probes/api_error/envelope.h"

namespace together {
namespace {

constexpr std::size_t kMaxIdBytes = 256;

ListAnswer refused(Outcome outcome, std::string detail) {
  return {{outcome, Look::kNothing, std::move(detail)}, {}};
}

/// parse_json has already replaced invalid bytes by U+FFFD, which no real id holds.
bool is_usable_id(std::string_view id) {
  if (id.empty() || id.size() > kMaxIdBytes) return false;
  if (id.find("\xEF\xBF\xBD") != std::string_view::npos) return false;
  for (std::size_t i = 0; i < id.size(); ++i) {
    const auto byte = static_cast<unsigned char>(id[i]);
    if (byte < 0x20 || byte == 0x7F) return false;
    // U+0080 .. U+009F, the C1 control characters.
    if (byte == 0xC2 && i + 1 < id.size() && static_cast<unsigned char>(id[i + 1]) < 0xA0) {
      return false;
    }
  }
  return true;
}

/// The array inside the document; null where there is none.
Json* entries_of(Json& document) {
  if (document.is_array()) return &document;
  if (!document.is_object()) return nullptr;
  const auto data = document.find("data");
  return data != document.end() && data->is_array() ? &*data : nullptr;
}

bool has_more_pages(const Json& document) {
  const Json* more = member(&document, "has_more");
  return !text_of(member(&document, "next_cursor")).empty() || (more != nullptr && *more == true);
}

ModelList read_entries(Json& entries) {
  ModelList list;
  list.models.reserve(entries.size());
  std::unordered_set<std::string> known;
  for (Json& entry : entries) {
    const std::string id(text_of(member(&entry, "id")));
    if (!is_usable_id(id)) {
      ++list.unreadable;
    } else if (!known.insert(id).second) {
      ++list.duplicates;
    } else {
      list.models.push_back({id, std::move(entry)});
    }
  }
  return list;
}

}  // namespace

ListAnswer read_list_answer(const Exchange& exchange) {
  if (exchange.error != TransportError::kNone || exchange.status != 200) {
    ApiVerdict verdict = judge_failure(exchange);
    // A refusal that speaks of a model proves nothing about the list.
    if (verdict.outcome == Outcome::kOk) verdict.outcome = Outcome::kBadResponse;
    return {std::move(verdict), {}};
  }
  auto document = parse_json(exchange.body);
  if (!document) return refused(Outcome::kBadResponse, document.error().message);
  Json* entries = entries_of(*document);
  if (entries == nullptr) {
    if (read_api_error(*document)) return {judge_failure(exchange), {}};
    return refused(Outcome::kBadResponse, "the JSON is no list of models");
  }
  if (has_more_pages(*document)) {
    return refused(Outcome::kBadResponse, "the list is one page of a longer one");
  }
  const std::size_t count = entries->size();
  ModelList list = read_entries(*entries);
  if (count > 0 && list.models.empty()) {
    return refused(Outcome::kBadResponse,
                   "not one of " + std::to_string(count) + " entries of the list has a usable id");
  }
  return {{Outcome::kOk, Look::kNothing, ""}, std::move(list)};
}

}  // namespace together
