// The standard process_* metrics, read from /proc.
#include "exporter/metrics/process.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

namespace together {
namespace {

constexpr std::array<MetricDef, 7> kMetrics{{
    {"process_cpu_seconds_total", MetricType::kCounter,
     "Total user and system CPU time spent in seconds."},
    {"process_max_fds", MetricType::kGauge, "Maximum number of open file descriptors."},
    {"process_open_fds", MetricType::kGauge, "Number of open file descriptors."},
    {"process_resident_memory_bytes", MetricType::kGauge, "Resident memory size in bytes."},
    {"process_start_time_seconds", MetricType::kGauge,
     "Start time of the process since unix epoch in seconds."},
    {"process_threads", MetricType::kGauge, "Number of OS threads in the process."},
    {"process_virtual_memory_bytes", MetricType::kGauge, "Virtual memory size in bytes."},
}};
constexpr const MetricDef& kCpu = kMetrics[0];
constexpr const MetricDef& kMaxFds = kMetrics[1];
constexpr const MetricDef& kOpenFds = kMetrics[2];
constexpr const MetricDef& kResident = kMetrics[3];
constexpr const MetricDef& kStart = kMetrics[4];
constexpr const MetricDef& kThreads = kMetrics[5];
constexpr const MetricDef& kVirtual = kMetrics[6];

std::string read_file(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Takes the next field off the front.
std::string_view next_field(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\n"), text.size()));
  const std::string_view field = text.substr(0, text.find_first_of(" \t\n"));
  text.remove_prefix(field.size());
  return field;
}

std::optional<double> to_number(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

/// The text after `key`, where a line begins with it.
std::optional<std::string_view> after_key(std::string_view text, std::string_view key) {
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with(key)) return rest.substr(key.size());
    const std::size_t newline = rest.find('\n');
    if (newline == std::string_view::npos) break;
    at += newline + 1;
  }
  return std::nullopt;
}

std::optional<double> count_open_fds() {
  std::error_code error;
  std::filesystem::directory_iterator entry("/proc/self/fd", error);
  double count = -1;  // the iterator holds one itself
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) ++count;
  if (error) return std::nullopt;
  return count;
}

}  // namespace

std::span<const MetricDef> process_metrics() { return kMetrics; }

std::optional<ProcessStat> parse_process_stat(std::string_view text, double ticks_per_second,
                                              double page_bytes) {
  // The second field is the program's name, in parentheses, and may hold anything.
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string_view::npos) return std::nullopt;
  text.remove_prefix(name_end + 1);
  constexpr std::size_t kFirst = 3, kUser = 14, kSystem = 15, kThreadCount = 20, kStarted = 22,
                        kVirtualSize = 23, kResidentPages = 24;
  std::array<double, kResidentPages + 1> fields{};
  for (std::size_t i = kFirst; i <= kResidentPages; ++i) {
    const std::string_view field = next_field(text);
    if (i == kFirst) continue;  // the state, a letter
    const auto number = to_number(field);
    if (!number) return std::nullopt;
    fields[i] = *number;
  }
  return ProcessStat{.cpu_seconds = (fields[kUser] + fields[kSystem]) / ticks_per_second,
                     .threads = fields[kThreadCount],
                     .start_seconds = fields[kStarted] / ticks_per_second,
                     .virtual_bytes = fields[kVirtualSize],
                     .resident_bytes = fields[kResidentPages] * page_bytes};
}

std::optional<double> parse_boot_time(std::string_view text) {
  auto rest = after_key(text, "btime ");
  if (!rest) return std::nullopt;
  return to_number(next_field(*rest));
}

std::optional<double> parse_max_fds(std::string_view text) {
  auto rest = after_key(text, "Max open files ");
  if (!rest) return std::nullopt;
  return to_number(next_field(*rest));
}

void add_process_metrics(SampleSink& sink) {
  const auto stat =
      parse_process_stat(read_file("/proc/self/stat"), static_cast<double>(sysconf(_SC_CLK_TCK)),
                         static_cast<double>(sysconf(_SC_PAGESIZE)));
  if (stat) {
    sink.add(kCpu, {}, stat->cpu_seconds);
    sink.add(kResident, {}, stat->resident_bytes);
    sink.add(kThreads, {}, stat->threads);
    sink.add(kVirtual, {}, stat->virtual_bytes);
    if (const auto boot = parse_boot_time(read_file("/proc/stat"))) {
      sink.add(kStart, {}, *boot + stat->start_seconds);
    }
  }
  if (const auto fds = count_open_fds()) sink.add(kOpenFds, {}, *fds);
  if (const auto fds = parse_max_fds(read_file("/proc/self/limits"))) sink.add(kMaxFds, {}, *fds);
}

}  // namespace together
