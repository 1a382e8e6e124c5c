// What events say: one sentence each, for a person.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "exporter/ledger/gates.h"
#include "exporter/ledger/headers.h"
#include "exporter/ledger/ledger.h"
#include "exporter/ledger/prices.h"

namespace together {

/// Ids and header values come from strangers: they are shortened to one clean line.
std::string suspect_list_text(const std::string& list, std::size_t listed, std::size_t believed);
std::string believed_list_text(const std::string& list, std::size_t listed);
std::string listing_text(const std::string& id, std::string_view verb, const std::string& list);
std::string price_text(const std::string& id, const PriceChange& change);
/// `names`: of the prices that are at fault.
std::string price_fault_text(const std::string& id, PriceFault fault,
                             const std::vector<std::string>& names);
/// The same for `models` at once, of `listed`; `watched` of them are watched.
std::string mass_fault_text(PriceFault fault, std::size_t models, std::size_t listed,
                            std::size_t watched);
/// `times`: the price of `to`, where requests for `id` go, over that of `id`.
std::string price_policy_text(const std::string& id, const std::string& to,
                              std::string_view direction, double times);
std::string header_text(const HeaderChange& change);
std::string shape_text(const std::string& surface, const std::string& model,
                       const ShapeChange& change);
/// `probe` is who made the remark.
std::string remark_text(const std::string& probe, const std::string& model, const Remark& remark);
std::string gate_text(Gate gate, bool closed);

std::string source_text(const SourceBelief& source);
/// An id that nothing knows, and known ones that look like it.
std::string unknown_text(const std::string& id, const std::vector<std::string>& nearest);

/// What is new against what the model's belief holds: announced, moved, withdrawn.
std::vector<std::string> announcement_texts(const ModelBelief& model,
                                            const std::vector<Notice>& now_told, WallTime now);
std::vector<std::string> redirect_texts(const ModelBelief& model,
                                        const std::vector<AnnouncedRedirect>& now_told);

/// From `before` to the state the model has now, and why.
std::string state_text(const ModelBelief& model, ModelState before);

}  // namespace together
