// Exposition formats, written over prometheus-cpp's metric model.
#include "exporter/metrics/render.h"

#include <cmath>
#include <cstdint>
#include <limits>

#include "exporter/metrics/number.h"

namespace together {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

enum class Format { kText, kOpenMetrics };

void append_escaped(std::string& out, std::string_view text, bool escape_quotes) {
  for (const char c : text) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '"' && escape_quotes) {
      out += "\\\"";
    } else {
      out += c;
    }
  }
}

std::string_view type_name(MetricType type) {
  switch (type) {
    case MetricType::Counter: return "counter";
    case MetricType::Gauge: return "gauge";
    case MetricType::Histogram: return "histogram";
    default: return "untyped";
  }
}

/// The name in HELP and TYPE: OpenMetrics names a counter's family without its suffix.
std::string_view family_name(const MetricFamily& family, Format format) {
  constexpr std::string_view kSuffix = "_total";
  std::string_view name = family.name;
  if (format == Format::kOpenMetrics && family.type == MetricType::Counter &&
      name.ends_with(kSuffix)) {
    name.remove_suffix(kSuffix.size());
  }
  return name;
}

/// `name_suffix{labels,le="bound"} `, ready for the value.
void append_series(std::string& out, const MetricFamily& family, std::string_view suffix,
                   const std::vector<ClientMetric::Label>& labels, const double* bound = nullptr) {
  out += family.name;
  out += suffix;
  char separator = '{';
  for (const auto& label : labels) {
    out += separator;
    out += label.name;
    out += "=\"";
    append_escaped(out, label.value, true);
    out += '"';
    separator = ',';
  }
  if (bound != nullptr) {
    out += separator;
    out += "le=\"";
    append_bound(out, *bound);
    out += '"';
    separator = ',';
  }
  if (separator == ',') out += '}';
  out += ' ';
}

void append_value(std::string& out, double value) {
  append_number(out, value);
  out += '\n';
}

void append_count(std::string& out, std::uint64_t count) {
  out += std::to_string(count);
  out += '\n';
}

void append_histogram(std::string& out, const MetricFamily& family, const ClientMetric& metric) {
  const auto& histogram = metric.histogram;
  for (const auto& bucket : histogram.bucket) {
    if (std::isinf(bucket.upper_bound)) continue;  // written below in any case
    append_series(out, family, "_bucket", metric.label, &bucket.upper_bound);
    append_count(out, bucket.cumulative_count);
  }
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  append_series(out, family, "_bucket", metric.label, &kInfinity);
  append_count(out, histogram.sample_count);
  append_series(out, family, "_sum", metric.label);
  append_value(out, histogram.sample_sum);
  append_series(out, family, "_count", metric.label);
  append_count(out, histogram.sample_count);
}

void append_metric(std::string& out, const MetricFamily& family, const ClientMetric& metric) {
  if (family.type == MetricType::Histogram) {
    append_histogram(out, family, metric);
    return;
  }
  append_series(out, family, "", metric.label);
  append_value(out, family.type == MetricType::Counter ? metric.counter.value : metric.gauge.value);
}

std::string render(const std::vector<MetricFamily>& families, Format format) {
  std::string out;
  for (const auto& family : families) {
    if (family.metric.empty()) continue;
    const std::string_view name = family_name(family, format);
    out.append("# HELP ").append(name).append(" ");
    append_escaped(out, family.help, format == Format::kOpenMetrics);
    out.append("\n# TYPE ").append(name).append(" ").append(type_name(family.type)).append("\n");
    for (const auto& metric : family.metric) append_metric(out, family, metric);
  }
  if (format == Format::kOpenMetrics) out += "# EOF\n";
  return out;
}

}  // namespace

std::string render_text(const std::vector<MetricFamily>& families) {
  return render(families, Format::kText);
}

std::string render_openmetrics(const std::vector<MetricFamily>& families) {
  return render(families, Format::kOpenMetrics);
}

}  // namespace together
