// The samples of many scrapes.
#include "tests/e2e/life/scrapes.h"

#include <sstream>

namespace together::life {
namespace {

constexpr const char* kTarget = R"(job="together-exporter",instance="exp:10237")";

std::string in_single_quotes(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') quoted += '\'';
    quoted += c;
  }
  return quoted + "'";
}

/// `name{labels}` or `name`, as on a page, with the target's labels added.
std::string with_target(const std::string& series) {
  const auto brace = series.find('{');
  if (brace == std::string::npos) return series + "{" + kTarget + "}";
  return series.substr(0, brace + 1) + kTarget + "," + series.substr(brace + 1);
}

bool is_histogram(const std::string& line) {
  const auto name = line.substr(0, line.find_first_of("{ "));
  return name.ends_with("_bucket") || name.ends_with("_sum") || name.ends_with("_count");
}

/// Samples in promtool's short form: `1x3` is four ones, `_x3` three times nothing. A series that
/// ends is marked stale, as Prometheus does.
std::string short_form(const std::map<std::size_t, std::string>& samples, std::size_t minutes) {
  std::string text;
  std::string last;
  std::size_t times = 0;
  const auto write = [&] {
    if (times == 0) return;
    if (last.empty()) {
      text += "_x" + std::to_string(times) + " ";
    } else {
      text += last + (times > 1 ? "x" + std::to_string(times - 1) : "") + " ";
    }
  };
  for (std::size_t minute = 0; minute < minutes; ++minute) {
    const auto found = samples.find(minute);
    std::string value = found == samples.end() ? "" : found->second;
    if (value.empty() && times > 0 && !last.empty() && last != "stale") value = "stale";
    if (times > 0 && value == last && value != "stale") {
      ++times;
      continue;
    }
    write();
    last = value;
    times = 1;
  }
  write();
  return text;
}

}  // namespace

std::string Scrapes::value_of(const std::string& series, const std::string& value) const {
  if (!series.substr(0, series.find('{')).ends_with("_timestamp_seconds")) return value;
  return std::to_string(std::stod(value) - to_unix_seconds(start_));
}

void Scrapes::add(const std::string& page) {
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#' || !line.starts_with("together_")) continue;
    if (is_histogram(line)) continue;
    const auto space = line.rfind(' ');
    const std::string series = line.substr(0, space);
    series_[with_target(series)][minutes_] = value_of(series, line.substr(space + 1));
  }
  series_[with_target("up")][minutes_] = "1";
  ++minutes_;
}

void Scrapes::add_missed() {
  series_[with_target("up")][minutes_] = "0";
  ++minutes_;
}

void Scrapes::print(std::ostream& out) const {
  for (const auto& [series, samples] : series_) {
    out << "      - series: " << in_single_quotes(series) << "\n        values: '"
        << short_form(samples, minutes_) << "'\n";
  }
}

}  // namespace together::life
