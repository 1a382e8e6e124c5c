// Log lines.
#include "exporter/log/log.h"

#include <algorithm>
#include <array>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <nlohmann/json.hpp>

#include "exporter/core/text.h"

namespace together {
namespace {

constexpr std::size_t kValueBytes = 500;
constexpr std::array<std::string_view, 4> kLevels{"debug", "info", "warn", "error"};
bool as_json = false;

std::string logfmt_value(std::string_view value) {
  const std::string clean = one_line(value, kValueBytes);
  const bool plain = !clean.empty() && clean.find_first_of(" \"=\\") == std::string::npos;
  if (plain) return clean;
  std::string quoted = "\"";
  for (const char c : clean) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug: return spdlog::level::debug;
    case LogLevel::kInfo: return spdlog::level::info;
    case LogLevel::kWarn: return spdlog::level::warn;
    case LogLevel::kError: return spdlog::level::err;
  }
  return spdlog::level::info;
}

}  // namespace

Result<void> set_up_log(std::string_view level, std::string_view format) {
  const auto known = std::find(kLevels.begin(), kLevels.end(), level);
  if (known == kLevels.end()) {
    return fail("--log.level is \"" + std::string(level) +
                "\"; it is one of debug, info, warn, error");
  }
  if (format != "logfmt" && format != "json") {
    return fail("--log.format is \"" + std::string(format) + "\"; it is one of logfmt, json");
  }
  as_json = format == "json";
  auto logger = spdlog::stderr_logger_mt("together-exporter");
  // The time is the pattern's, the level ours: spdlog would call it "warning".
  logger->set_pattern(
      as_json ? R"({"ts":"%Y-%m-%dT%H:%M:%S.%eZ",%v})" : "ts=%Y-%m-%dT%H:%M:%S.%eZ %v",
      spdlog::pattern_time_type::utc);
  logger->set_level(level_of(static_cast<LogLevel>(known - kLevels.begin())));
  spdlog::set_default_logger(std::move(logger));
  return {};
}

void log(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  const auto spd_level = level_of(level);
  if (!spdlog::should_log(spd_level)) return;
  const std::string_view name = kLevels.at(static_cast<std::size_t>(level));
  std::string line;
  if (as_json) {
    nlohmann::ordered_json json{{"level", name}, {"msg", one_line(message, kValueBytes)}};
    for (const auto& [key, value] : fields) json[std::string(key)] = one_line(value, kValueBytes);
    line = json.dump();
    line = line.substr(1, line.size() - 2);  // the pattern brings the braces
  } else {
    line = "level=" + std::string(name) + " msg=" + logfmt_value(message);
    for (const auto& [key, value] : fields)
      line += " " + std::string(key) + "=" + logfmt_value(value);
  }
  spdlog::log(spd_level, "{}", line);
}

}  // namespace together
