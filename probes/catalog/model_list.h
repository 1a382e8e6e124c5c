// One answer of GET /models, read once for the probes that ride on it.
#pragma once

#include <string>
#include <vector>

#include "exporter/core/exchange.h"
#include "probes/api_error/verdict.h"
#include "probes/json/read.h"

namespace together {

struct ListedModel {
  std::string id;  ///< 1 to 256 bytes of valid UTF-8 without control characters
  Json entry;      ///< an object, as the list gives it
};

struct ModelList {
  std::vector<ListedModel> models;  ///< ids are unique: the first entry of an id counts
  int duplicates = 0;
  int unreadable = 0;  ///< entries without a usable id
};

/// The list, and how the look ended; `list` is filled only where the outcome is kOk.
struct ListAnswer {
  ApiVerdict verdict;
  ModelList list;
};

/// Reads a bare array or `{"data": [...]}`. An empty list is valid. A list of which not one entry
/// is readable, a page of a longer list, and any JSON that is no list are bad responses.
/// Source: 25 recorded lists, 2025-05 .. 2026-08: always a bare array. `{"data"}` is /v2's form.
ListAnswer read_list_answer(const Exchange& exchange);

}  // namespace together
