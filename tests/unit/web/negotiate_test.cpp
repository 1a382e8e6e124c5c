#include "exporter/web/negotiate.h"

#include <gtest/gtest.h>

namespace together {
namespace {

TEST(PrefersOpenMetrics, FollowsPrometheusOwnHeaders) {
  EXPECT_TRUE(prefers_openmetrics(  // 2.42
      "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;"
      "q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"));
  EXPECT_TRUE(prefers_openmetrics(  // 3
      "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
      "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;"
      "escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2"));
  EXPECT_FALSE(prefers_openmetrics("text/plain;version=0.0.4;q=1,*/*;q=0.1"));
}

TEST(PrefersOpenMetrics, WantsItNamed) {
  EXPECT_FALSE(prefers_openmetrics(""));
  EXPECT_FALSE(prefers_openmetrics("*/*"));
  EXPECT_FALSE(prefers_openmetrics("application/*"));
  EXPECT_FALSE(prefers_openmetrics("text/html,application/xhtml+xml,*/*;q=0.8"));
}

TEST(PrefersOpenMetrics, TakesKnownVersionsOnly) {
  EXPECT_TRUE(prefers_openmetrics("application/openmetrics-text"));
  EXPECT_TRUE(prefers_openmetrics("Application/OpenMetrics-Text ; VERSION=\"0.0.1\""));
  EXPECT_FALSE(prefers_openmetrics("application/openmetrics-text;version=2.0.0"));
}

TEST(PrefersOpenMetrics, WeighsAgainstText) {
  EXPECT_FALSE(prefers_openmetrics("application/openmetrics-text;q=0.4,text/plain;q=0.5"));
  EXPECT_FALSE(prefers_openmetrics("application/openmetrics-text;q=0.4,text/*;q=0.5"));
  EXPECT_FALSE(prefers_openmetrics("application/openmetrics-text;q=0.4,*/*"));
  EXPECT_TRUE(prefers_openmetrics("application/openmetrics-text;q=0.5,text/plain;q=0.5"));
  EXPECT_TRUE(prefers_openmetrics("text/plain;q=0.2,*/*,application/openmetrics-text;q=0.5"));
}

TEST(PrefersOpenMetrics, IsRefusedByZeroOrAnUnreadableWeight) {
  EXPECT_FALSE(prefers_openmetrics("application/openmetrics-text;q=0"));
  EXPECT_FALSE(prefers_openmetrics("application/openmetrics-text;q=0.000"));
  EXPECT_FALSE(prefers_openmetrics("application/openmetrics-text;q=nan"));
  EXPECT_FALSE(prefers_openmetrics("application/openmetrics-text;q=2"));
  EXPECT_FALSE(prefers_openmetrics("application/openmetrics-text;q="));
}

TEST(PrefersOpenMetrics, SurvivesSeparatorsAlone) {
  EXPECT_FALSE(prefers_openmetrics(",;=,;;,=q"));
  EXPECT_TRUE(prefers_openmetrics(",, application/openmetrics-text ;;q=1,"));
}

TEST(AcceptsGzip, FollowsTheHeader) {
  EXPECT_TRUE(accepts_gzip("gzip"));
  EXPECT_TRUE(accepts_gzip("deflate, GZIP;q=0.5, br"));
  EXPECT_TRUE(accepts_gzip("*"));
  EXPECT_TRUE(accepts_gzip("*;q=0, gzip"));
  EXPECT_FALSE(accepts_gzip(""));
  EXPECT_FALSE(accepts_gzip("identity"));
  EXPECT_FALSE(accepts_gzip("gzip;q=0"));
  EXPECT_FALSE(accepts_gzip("gzip; q=0.0, *"));
  EXPECT_FALSE(accepts_gzip("xgzip"));
}

}  // namespace
}  // namespace together
