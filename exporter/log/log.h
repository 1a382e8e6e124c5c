// Log lines as logfmt or JSON, on standard error.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "exporter/core/result.h"

namespace together {

enum class LogLevel { kDebug, kInfo, kWarn, kError };

using LogField = std::pair<std::string_view, std::string_view>;

/// `level`: debug, info, warn or error; `format`: logfmt or json. Errors: names what is allowed.
Result<void> set_up_log(std::string_view level, std::string_view format);

/// Values may be any bytes; they are made one clean line. Threads: all.
void log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields = {});

}  // namespace together
