// What one entry of the model list says a model costs.
#pragma once

#include <string>

#include "exporter/core/facts.h"
#include "probes/json/read.h"

namespace together {

/// Reads `entry.pricing`. Zero, negative, absent and unreadable prices are empty; `unread` names
/// those that are written, and are neither a number nor what the list writes for "not priced": 0,
/// null, "", and {} for media. An entry whose type is image, video, audio or transcribe has no
/// token price, nor has one without a type that names a unit price: Whisper carries meaningless
/// ones next to its price a minute.
/// Units: the list's are USD per 1M tokens, or per 1M characters for the `input` of audio models.
/// Source: 25 recorded lists, 2025-05 .. 2026-08.
ModelPrice read_prices(std::string id, const Json& entry);

/// `value` with 12 significant digits: what the list means, without the dust of its floats.
double round_price(double value);

}  // namespace together
