// What the refusal of a picture complains of.
#include "probes/image/complaint.h"

#include <algorithm>
#include <array>
#include <string>

#include "exporter/core/text.h"
#include "probes/api_error/envelope.h"
#include "probes/json/read.h"

namespace together {
namespace {

/// Words that refuse a parameter for its name.
constexpr std::array<std::string_view, 8> kUnknownWords{
    "unknown", "unrecognized", "unexpected", "unsupported parameter",
    "extra",   "deprecated",   "no longer",  "not permitted"};

bool says_unknown(std::string_view text) {
  return std::any_of(kUnknownWords.begin(), kUnknownWords.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

}  // namespace

Complaint read_complaint(std::string_view body) {
  const auto json = parse_json(body);
  const auto error = json ? read_api_error(*json) : std::nullopt;
  if (!error) return Complaint::kNone;
  const std::string message = lower_ascii(error->message);
  const std::string_view param = text_of(member(member(&*json, "error"), "param"));
  const bool of_width = param == "width" || message.find("width") != std::string::npos;
  const bool unknown = says_unknown(message) || says_unknown(lower_ascii(error->code));
  return of_width && !unknown ? Complaint::kWidth : Complaint::kOther;
}

}  // namespace together
