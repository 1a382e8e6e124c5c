// The JSON that an exchange carries: one document, or one an event of a stream.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exporter/core/exchange.h"
#include "probes/json/read.h"

namespace together {

/// The events of a stream are read without its `[DONE]`. What is no JSON is left out.
std::vector<Json> json_documents(const Exchange& exchange);

bool is_event_stream(const Exchange& exchange);

/// Of the name of a probe and of a part of it, the label `surface` of what they ask: "catalog_all".
std::string surface_of(std::string_view probe, std::string_view part);

}  // namespace together
