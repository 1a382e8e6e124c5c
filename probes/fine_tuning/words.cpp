// A complaint about fields, taken apart into clauses and words.
#include "probes/fine_tuning/words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::size_t kMaxFieldBytes = 64;
constexpr std::string_view kQuotes = "\"'`";
constexpr std::string_view kSeparators = " \t\r,()[]{}\"'`";

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kPhrases{
    {{"training file", "training_file"},
     {"trainingfile", "training_file"},
     {"batch size", "batch_size"},
     {"learning rate", "learning_rate"},
     {"number of checkpoints", "n_checkpoints"},
     {"number of epochs", "n_epochs"},
     {"hyper-parameters", "hyperparameters"}}};
constexpr std::array<std::string_view, 12> kListHeads{
    "parameter", "parameters", "field", "fields", "argument", "arguments",
    "property",  "properties", "key",   "keys",   "required", "missing"};
constexpr std::array<std::string_view, 6> kVerbs{"is", "are", "was", "must", "cannot", "required"};
/// Words of sentences, and of the lists' heads, that are no fields.
constexpr std::array<std::string_view, 25> kPlainWords{
    "a",    "an",    "the",     "and",  "or",    "is",    "are",      "was",   "must",
    "in",   "of",    "for",     "it",   "this",  "that",  "there",    "which", "body",
    "file", "value", "request", "json", "input", "error", "following"};

bool is_one_of(std::string_view text, const auto& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(kSeparators, at)) != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_of(kSeparators, at), text.size());
    std::string_view found = text.substr(at, end - at);
    Word word;
    const bool opens = at > 0 && kQuotes.find(text[at - 1]) != std::string_view::npos;
    word.quoted = opens && end < text.size() && text[end] == text[at - 1];
    if (end < text.size() && text[end] == ',') word.closing = ',';
    while (!found.empty() &&
           std::string_view(".:!?").find(found.back()) != std::string_view::npos) {
      word.closing = found.back();
      found.remove_suffix(1);
    }
    word.text = found;
    if (!word.text.empty()) words.push_back(std::move(word));
    at = end;
  }
  return words;
}

bool may_be_field(std::string_view text) {
  if (text.empty() || text.size() > kMaxFieldBytes || text[0] < 'a' || text[0] > 'z') return false;
  constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyz0123456789_.";
  return text.find_first_not_of(kAllowed) == std::string_view::npos &&
         !is_one_of(text, kPlainWords) && !is_one_of(text, kListHeads);
}

}  // namespace

std::vector<Clause> clauses_of(std::string_view text) {
  std::string all = lower_ascii(text);
  for (const auto& [phrase, field] : kPhrases) replace_all(all, phrase, field);
  replace_all(all, ". ", "\n");
  replace_all(all, ";", "\n");
  std::vector<Clause> clauses;
  std::string_view rest = all;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = trim(rest.substr(0, end));
    if (!line.empty()) clauses.push_back({std::string(line), words_of(line)});
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return clauses;
}

std::vector<std::string> missed_fields(const Clause& clause) {
  std::vector<std::string> fields;
  bool in_list = false;
  for (std::size_t i = 0; i < clause.words.size(); ++i) {
    const Word& word = clause.words[i];
    if (is_one_of(word.text, kListHeads)) {
      in_list = word.closing == ':';
      continue;
    }
    if (in_list && (word.text == "and" || word.text == "or")) continue;
    const bool before_verb =
        i + 1 < clause.words.size() && is_one_of(clause.words[i + 1].text, kVerbs);
    const bool certain =
        in_list || word.quoted || before_verb || word.text.find('_') != std::string::npos;
    if (certain && may_be_field(word.text)) {
      fields.push_back(word.text);
      in_list = in_list && (word.closing == ',' ||
                            (i + 1 < clause.words.size() && (clause.words[i + 1].text == "and" ||
                                                             clause.words[i + 1].text == "or")));
    } else {
      in_list = false;
    }
  }
  return fields;
}

}  // namespace together
