// GET /v1/models, right or wrong.
#pragma once

#include <string>

#include "simulator/script.h"
#include "simulator/stamp.h"
#include "simulator/world.h"

namespace together::simulator {

/// The list as it should be: a bare array.
std::string list_body(const World& world, bool serverless);

/// What the account's list mode makes of it.
Script answer_list(const World& world, bool serverless, const Stamp& stamp);

/// A good answer with this body.
Script list_script(std::string body, const Stamp& stamp);

}  // namespace together::simulator
