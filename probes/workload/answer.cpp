// Prometheus' answers to instant queries.
#include "probes/workload/answer.h"

#include <cmath>

#include "exporter/core/text.h"
#include "probes/json/read.h"

namespace together {
namespace {

constexpr std::size_t kShownBytes = 200;

std::string quoted(std::string_view text) { return "\"" + one_line(text, kShownBytes) + "\""; }

/// `[time, "text"]`.
Result<double> read_sample(const Json* sample) {
  if (sample == nullptr || !sample->is_array() || sample->size() != 2 || !(*sample)[1].is_string())
    return fail("the sample that the query returned is no number");
  const std::string_view text = text_of(&(*sample)[1]);
  if (text == "NaN" || text == "+Inf" || text == "-Inf") {
    return fail("the query returned " + std::string(text) + ": nothing is known");
  }
  const auto number = number_of(&(*sample)[1]);
  if (!number) return fail("the query returned " + quoted(text) + ", which is no number");
  if (*number < 0) return fail("the query returned " + std::string(text) + ", which is negative");
  return std::abs(*number);  // -0
}

}  // namespace

std::string error_in(std::string_view body) {
  const auto json = parse_json(body);
  if (!json || text_of(member(&*json, "status")) != "error") return "";
  return one_line(std::string(text_of(member(&*json, "errorType"))) + ": " +
                      std::string(text_of(member(&*json, "error"))),
                  kShownBytes);
}

Result<double> read_number_answer(std::string_view body) {
  const auto json = parse_json(body);
  if (!json) return tl::make_unexpected(json.error());
  if (const std::string error = error_in(body); !error.empty()) return fail(error);
  const Json* data = member(&*json, "data");
  const Json* result = member(data, "result");
  const std::string_view type = text_of(member(data, "resultType"));
  if (text_of(member(&*json, "status")) != "success" || result == nullptr) {
    return fail("the answer is not one of Prometheus");
  }
  if (type == "scalar") return read_sample(result);
  if (type != "vector" || !result->is_array()) {
    return fail("the query returned a " + quoted(type) + "; it must return one number");
  }
  if (result->empty()) return fail("the query returned no sample: nothing is known");
  if (result->size() > 1) {
    return fail("the query returned " + std::to_string(result->size()) + " samples; sum() it");
  }
  return read_sample(member(&result->front(), "value"));
}

}  // namespace together
