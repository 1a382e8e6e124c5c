// Which runbook tells what to do about something that the status page shows.
#pragma once

#include <string>
#include <string_view>

namespace together {

inline constexpr std::string_view kRunbooks =
    "https://github.com/together-exporter/together-exporter/blob/main/alerts/runbooks";

/// A link to the runbook of that alert; "" where `alert` is "". Requires: a name of ours.
std::string runbook_link(std::string_view alert);

/// The alert that warns of a model in that state; "" where none does.
std::string_view alert_of_state(std::string_view state);

/// The alert that warns of that gate; "" where none does.
std::string_view alert_of_gate(std::string_view gate);

/// What an active gate means, one sentence; "" of a gate that is not known.
std::string_view gate_text(std::string_view gate);

}  // namespace together
