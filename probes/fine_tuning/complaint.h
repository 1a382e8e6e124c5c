// What the refusal of a fine-tuning job complains of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace together {

/// Where the hyperparameters stand in a request for a job.
enum class TuningForm {
  kFlat,    ///< at the top level: the documented form
  kNested,  ///< inside `hyperparameters`: the form of some guides
};

constexpr std::string_view to_string(TuningForm form) {
  return form == TuningForm::kFlat ? "flat" : "nested";
}

/// What a request names of hyperparameters, in either form.
inline constexpr std::string_view kNest = "hyperparameters";

enum class FormVerdict { kUnderstood, kNotUnderstood, kUnclear };

struct CreateComplaint {
  FormVerdict verdict = FormVerdict::kUnclear;
  /// Fields that are called missing or required, each once: at most eight, of [a-z0-9_.] and at
  /// most 64 bytes each.
  std::vector<std::string> required;
  std::string text;  ///< the API's own words: one printable line of at most 200 bytes
};

/// Reads the body of a 400 or 422 that answers a request without a training file. The form is not
/// understood where a parameter is called unknown, where `hyperparameters` are spoken of, or where
/// what was sent is called missing; it is where the training file is missed, or the value of a
/// hyperparameter refused. Total over any bytes.
/// Source: "batch size is zero", "number of checkpoints is less than one" and "Could not create the
/// FineTune object (Binding)", seen 2026-08-03; other wordings are guesses, so words count, not
/// sentences.
CreateComplaint read_create_complaint(TuningForm form, std::string_view body);

}  // namespace together
