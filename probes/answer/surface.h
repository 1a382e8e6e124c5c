// What the probes of surfaces other than the stream share: to ask, to open an answer, to conclude.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "exporter/core/exchange.h"
#include "exporter/core/facts.h"
#include "exporter/core/observation.h"
#include "exporter/core/request.h"
#include "probes/api_error/verdict.h"
#include "probes/json/read.h"

namespace together {

/// A POST of JSON.
Request post_json(std::string path, const nlohmann::ordered_json& body);

/// The JSON of a good answer. Errors: what else it means, be it a transport error, a status other
/// than 200, no JSON, or an error inside a success.
tl::expected<Json, ApiVerdict> open_answer(const Exchange& exchange);

/// The observation of an answer that could not be opened.
Observation failed_look(const ApiVerdict& verdict, bool authority);

/// Rule `object`: the answer calls itself a list.
Observation::Rule judge_list_object(const Json& answer);

/// Sets outcome, detail and readings from the rules of `seen`: kBadResponse and the first fault, or
/// kOk and `good`. Requires: `facts` hold ServingFacts. `surface` is the probe's name.
void conclude(std::string_view surface, const std::string& model, const std::string& good,
              Observation& seen);

/// Of a surface that generates no tokens, so that completion tokens may be missing. Empty where
/// there is no count of prompt tokens, or one above ten million.
std::optional<Usage> read_input_usage(const Json* usage);

/// A remark of kind "field" for each member of `object` that is not among `known`. `prefix` stands
/// before its name: "data[].".
void remark_fields(const Json* object, std::span<const std::string_view> known,
                   std::string_view prefix, Observation& seen);

}  // namespace together
