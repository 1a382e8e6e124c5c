// The surfaces of /v1/fine-tunes.
#pragma once

#include "simulator/model_gate.h"

namespace together::simulator {

/// GET /fine-tunes/models/supported.
Script answer_tunable_models(const World& world, const Stamp& stamp);

/// GET /fine-tunes/models/limits?model_name=
Script answer_tuning_limits(const World& world, const std::string& model, const Stamp& stamp);

/// GET /fine-tunes.
Script answer_tuning_jobs(const World& world, const Stamp& stamp);

/// POST /fine-tunes: no job ever starts, since the account has no files. Parameters are looked at
/// first, then what is missing, then the model, then the file.
Script answer_tuning_request(const World& world, const std::string& body, const Stamp& stamp);

}  // namespace together::simulator
