// Exposition formats, written over prometheus-cpp's metric model.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <prometheus/metric_family.h>

namespace together {

inline constexpr std::string_view kTextContentType = "text/plain; version=0.0.4; charset=utf-8";
inline constexpr std::string_view kOpenMetricsContentType =
    "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Requires: gauges, counters (named `_total`) and histograms; families sorted by name, label
/// values valid UTF-8 (MetricBook and SampleSink see to both). HELP and label values are escaped;
/// numbers are the shortest that read back equal; NaN and infinities as Prometheus writes them; a
/// family without series is left out. Source: Prometheus exposition formats (text 0.0.4),
/// OpenMetrics 1.0.0.
std::string render_text(const std::vector<prometheus::MetricFamily>& families);
std::string render_openmetrics(const std::vector<prometheus::MetricFamily>& families);

/// RFC 1952, the same bytes for the same input.
std::string gzip(std::string_view bytes);

}  // namespace together
