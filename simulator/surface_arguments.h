// Reads what events say of single surfaces of the API.
#pragma once

#include "simulator/event.h"
#include "simulator/strict_yaml.h"

namespace together::simulator {

// Errors: each throws a Problem.

/// The keys of patch, unpatch, header, stream_dress, refuse, fine_tuning, fine_tunable,
/// fine_tune_job, batch and endpoint. Requires: `event.action` and `event.model` are read.
void read_surface_arguments(const Fields& fields, Event& event);

/// The keys "name" and "value" of a response header.
void read_header(const Fields& fields, Event& event);

}  // namespace together::simulator
