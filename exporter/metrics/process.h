// The standard process_* metrics, read from /proc.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "exporter/core/metric.h"
#include "exporter/metrics/book.h"

namespace together {

/// Their declarations, for docs/metrics.md.
/// Source: Prometheus' "Writing client libraries", process metrics.
std::span<const MetricDef> process_metrics();

/// Adds what /proc tells at this moment; what it does not tell is left out.
void add_process_metrics(SampleSink& sink);

struct ProcessStat {
  double cpu_seconds = 0;  ///< user and system
  double threads = 0;
  double start_seconds = 0;  ///< after boot
  double virtual_bytes = 0;
  double resident_bytes = 0;
};

/// Reads /proc/self/stat. Source: proc(5).
std::optional<ProcessStat> parse_process_stat(std::string_view text, double ticks_per_second,
                                              double page_bytes);

/// Reads `btime` of /proc/stat. Units: unix seconds.
std::optional<double> parse_boot_time(std::string_view text);

/// Reads the soft limit "Max open files" of /proc/self/limits; empty where it is unlimited.
std::optional<double> parse_max_fds(std::string_view text);

}  // namespace together
