// What the refusal of a fine-tuning job complains of.
#include "probes/fine_tuning/complaint.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "exporter/core/text.h"
#include "probes/api_error/envelope.h"
#include "probes/fine_tuning/words.h"
#include "probes/json/read.h"

namespace together {
namespace {

constexpr std::size_t kMostFields = 8;
constexpr std::size_t kMostBytes = 4096;  ///< of a complaint that are read
constexpr std::size_t kShownBytes = 200;

constexpr std::string_view kFile = "training_file";
constexpr std::array<std::string_view, 4> kHyperparameters{"n_epochs", "n_checkpoints",
                                                           "batch_size", "learning_rate"};
constexpr std::array<std::string_view, 10> kUnknownWords{
    "unknown",       "unrecognized", "unexpected", "unsupported", "not supported",
    "not permitted", "extra ",       "deprecated", "no longer",   "additional propert"};
constexpr std::array<std::string_view, 5> kParameterWords{"parameter", "field", "argument",
                                                          "propert", "key"};
constexpr std::array<std::string_view, 9> kMissingWords{
    "missing",      "required",          "not provided",    "must be provided", "must provide",
    "must specify", "must be specified", "cannot be empty", "is empty"};
/// What the API says of numbers that it did not find.
constexpr std::array<std::string_view, 4> kUnsetWords{"is zero", "is 0", "less than one",
                                                      "less than 1"};

bool says_any(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

/// "n_epochs" and "body.n_epochs" are the field n_epochs.
bool is_field(std::string_view name, std::string_view field) {
  if (!name.ends_with(field)) return false;
  name.remove_suffix(field.size());
  return name.empty() || name.ends_with('.');
}

bool is_hyperparameter(std::string_view name) {
  return std::any_of(kHyperparameters.begin(), kHyperparameters.end(),
                     [&](std::string_view field) { return is_field(name, field); });
}

/// Whether a request in that form holds the field, or the other form would.
bool was_sent(TuningForm form, std::string_view name) {
  if (is_hyperparameter(name) || is_field(name, kNest)) return true;
  return form == TuningForm::kFlat && name.starts_with(kNest);
}

/// Of a FastAPI-like list: `'hyperparameters.n_epochs': extra inputs are not permitted`.
std::string details_text(const Json& details) {
  std::string text;
  for (const Json& detail : details) {
    std::string path;
    if (const Json* where = member(&detail, "loc"); where != nullptr && where->is_array()) {
      for (const Json& step : *where) {
        if (text_of(&step).empty() || text_of(&step) == "body") continue;
        path.append(path.empty() ? "" : ".").append(text_of(&step));
      }
    }
    text.append(text.empty() ? "" : "\n").append("'").append(path).append("': ");
    text.append(text_of(member(&detail, "msg")));
    if (text.size() > kMostBytes) break;
  }
  return text;
}

std::string complaint_text(std::string_view body) {
  const auto json = parse_json(body);
  if (!json) return looks_like_html(body) ? "" : std::string(body.substr(0, kMostBytes));
  if (const auto error = read_api_error(*json)) {
    std::string text = error->message;
    const std::string_view field = text_of(member(member(&*json, "error"), "param"));
    if (!field.empty() && text.find(field) == std::string::npos) {
      text.append(" ('").append(field).append("')");
    }
    return text;
  }
  const Json* detail = member(&*json, "detail");
  if (detail != nullptr && detail->is_array()) return details_text(*detail);
  return std::string(text_of(detail != nullptr ? detail : member(&*json, "message")));
}

/// What one clause says of the form; kUnclear where it speaks of something else.
FormVerdict judge_clause(TuningForm form, const Clause& clause) {
  const std::string_view text = clause.text;
  const auto names = [&](auto&& is_it) {
    return std::any_of(clause.words.begin(), clause.words.end(),
                       [&](const Word& word) { return is_it(word.text); });
  };
  const bool of_file = names([](std::string_view name) { return is_field(name, kFile); });
  const bool of_model = names([](std::string_view name) { return name == "model"; });
  const bool of_number = names(is_hyperparameter);
  const bool of_nest = names([](std::string_view name) { return is_field(name, kNest); });
  const bool unknown = says_any(text, kUnknownWords);
  if (unknown && (of_number || (says_any(text, kParameterWords) && !of_file && !of_model))) {
    return FormVerdict::kNotUnderstood;
  }
  if (of_nest) return FormVerdict::kNotUnderstood;
  const bool missing = says_any(text, kMissingWords);
  const auto fields = missing ? missed_fields(clause) : std::vector<std::string>{};
  if (std::any_of(fields.begin(), fields.end(),
                  [&](const std::string& field) { return was_sent(form, field); })) {
    return FormVerdict::kNotUnderstood;
  }
  if (of_file) return FormVerdict::kUnderstood;
  if (missing) return FormVerdict::kUnclear;
  const bool of_binding = text.find("(binding)") != std::string_view::npos;
  if (!of_number && !of_binding) return FormVerdict::kUnclear;
  // A nest that nobody reads leaves its numbers unset.
  const bool unread = form == TuningForm::kNested && (of_binding || says_any(text, kUnsetWords));
  return unread ? FormVerdict::kNotUnderstood : FormVerdict::kUnderstood;
}

void add_fields(const Clause& clause, std::vector<std::string>& required) {
  if (says_any(clause.text, kUnknownWords) || !says_any(clause.text, kMissingWords)) return;
  for (std::string& field : missed_fields(clause)) {
    if (required.size() >= kMostFields) return;
    if (std::find(required.begin(), required.end(), field) == required.end()) {
      required.push_back(std::move(field));
    }
  }
}

}  // namespace

CreateComplaint read_create_complaint(TuningForm form, std::string_view body) {
  CreateComplaint complaint;
  const std::string text = complaint_text(body).substr(0, kMostBytes);
  complaint.text = one_line(trim(text), kShownBytes);
  for (const Clause& clause : clauses_of(text)) {
    const FormVerdict verdict = judge_clause(form, clause);
    if (complaint.verdict != FormVerdict::kNotUnderstood && verdict != FormVerdict::kUnclear) {
      complaint.verdict = verdict;
    }
    add_fields(clause, complaint.required);
  }
  return complaint;
}

}  // namespace together
