// POST /v1/rerank: documents by the words that they share with the query.
#include "simulator/rerank.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "exporter/core/text.h"
#include "simulator/refusals.h"

namespace together::simulator {
namespace {

using nlohmann::json;

constexpr std::size_t kMostDocuments = 1000;

struct Ranked {
  std::size_t index;
  std::string text;
  double score;
};

std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  std::string word;
  for (const char c : lower_ascii(text) + " ") {
    const bool in_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (in_word) {
      word += c;
    } else if (!word.empty()) {
      words.insert(std::move(word));
      word.clear();
    }
  }
  return words;
}

/// In (0, 1): never quite sure, as models are.
double score_of(const std::set<std::string>& query, const std::string& text) {
  const std::set<std::string> words = words_of(text);
  const auto shared = std::count_if(query.begin(), query.end(),
                                    [&](const std::string& word) { return words.contains(word); });
  return 0.01 + 0.98 * static_cast<double>(shared) / static_cast<double>(query.size() + 1);
}

/// Best first; empty where the input is bad.
std::vector<Ranked> rank(const json& body) {
  const auto query = body.find("query");
  const auto documents = body.find("documents");
  if (query == body.end() || !query->is_string()) return {};
  if (documents == body.end() || !documents->is_array()) return {};
  if (documents->size() > kMostDocuments) return {};
  const std::set<std::string> words = words_of(query->get<std::string>());
  std::vector<Ranked> ranked;
  for (const auto& document : *documents) {
    const json text = document.is_object() ? document.value("text", json()) : document;
    if (!text.is_string()) return {};
    const auto& content = text.get_ref<const std::string&>();
    ranked.push_back({ranked.size(), content, score_of(words, content)});
  }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
  return ranked;
}

std::size_t top_of(const json& body, std::size_t all) {
  const auto top = body.find("top_n");
  if (top == body.end() || !top->is_number_unsigned()) return all;
  return std::min(all, top->get<std::size_t>());
}

}  // namespace

Script answer_rerank(const World& world, const ModelRequest& request, const Stamp& stamp) {
  const auto found = find_engine(world, request.model, stamp);
  if (!found) return found.error();
  const ModelState& state = **found;
  if (state.model.kind != "rerank") {
    return bad_input(stamp, world.account(), state.model.id + " is not supported for rerank");
  }
  const std::vector<Ranked> ranked = rank(request.body);
  if (ranked.empty()) return bad_input(stamp, world.account(), "Input validation error");
  const auto wants = request.body.find("return_documents");
  const bool with_text = wants != request.body.end() && *wants == true;
  Json results = Json::array();
  std::size_t tokens = 0;
  for (const auto& one : ranked) tokens += one.text.size() / 4 + 8;
  for (std::size_t i = 0; i < top_of(request.body, ranked.size()); ++i) {
    Json result{{"index", ranked[i].index}, {"relevance_score", ranked[i].score}};
    if (with_text) result["document"] = {{"text", ranked[i].text}};
    results.push_back(std::move(result));
  }
  const Json body{
      {"object", "rerank"},
      {"id", request_id(stamp)},
      {"model", answered_name(state)},
      {"results", std::move(results)},
      {"usage", {{"prompt_tokens", tokens}, {"completion_tokens", 0}, {"total_tokens", tokens}}}};
  return engine_answer(world, state, body, stamp);
}

}  // namespace together::simulator
