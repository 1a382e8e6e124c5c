// The samples of many scrapes of one target, printed as promtool's tests want them.
#pragma once

#include <cstddef>
#include <map>
#include <ostream>
#include <string>

#include "exporter/core/clock.h"

namespace together::life {

class Scrapes {
 public:
  /// `start`: what promtool calls the beginning of 1970. Timestamps are told from there on.
  explicit Scrapes(WallTime start) : start_(start) {}

  /// A page in the text format. Histograms are left out: no rule reads them.
  void add(const std::string& page);
  /// The target did not answer.
  void add_missed();

  /// Every series with job and instance, `up` among them, as the items of `input_series`.
  void print(std::ostream& out) const;

 private:
  std::string value_of(const std::string& series, const std::string& value) const;

  WallTime start_;
  /// By the minute of the scrape; where there is none the series had no sample.
  std::map<std::string, std::map<std::size_t, std::string>> series_;
  std::size_t minutes_ = 0;
};

}  // namespace together::life
