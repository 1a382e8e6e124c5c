// Text and times, safe inside HTML.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "exporter/core/clock.h"

namespace together {

/// Safe as text and inside a quoted attribute: clean UTF-8 on one line, cut at 1 KiB.
std::string html_text(std::string_view any_bytes);

/// "12 s", "5 min", "3 h", "12 d".
std::string coarse_duration(Duration d);

/// `<time datetime="...">5 min ago</time>`, "in 5 min" for the future; "never" where it is not
/// known.
std::string html_age(const std::optional<WallTime>& t, WallTime now);

/// A link, or only its text where the address could be a script.
std::string html_link(std::string_view text, std::string_view href);

}  // namespace together
