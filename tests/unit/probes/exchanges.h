// Literal exchanges and probes for the tests of the probes.
#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exporter/core/exchange.h"
#include "exporter/core/probe.h"
#include "probes/probes.h"

namespace together {

inline Exchange answer(int status, std::string body, std::vector<Header> headers = {}) {
  Exchange exchange;
  exchange.status = status;
  exchange.body = std::move(body);
  exchange.headers = std::move(headers);
  return exchange;
}

inline Exchange no_answer(TransportError error) {
  Exchange exchange;
  exchange.error = error;
  exchange.error_text = "as the network says";
  return exchange;
}

inline const ProbeType& probe_type(std::string_view name) {
  for (const ProbeType& type : probe_types()) {
    if (type.info.name == name) return type;
  }
  std::abort();
}

/// The probe with its default settings.
inline std::unique_ptr<Probe> make_probe(std::string_view name) {
  const ProbeType& type = probe_type(name);
  return type.make({Settings(type.info.settings), {}});
}

inline Target model_target(std::string model) {
  return {.model = std::move(model), .part = "", .modality = Modality::kChat};
}

inline Target list_target(std::string part) {
  return {.model = "", .part = std::move(part), .modality = Modality::kUnknown};
}

}  // namespace together
