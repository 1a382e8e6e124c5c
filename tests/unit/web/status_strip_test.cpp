#include "exporter/web/status_strip.h"

#include <gtest/gtest.h>

namespace together {
namespace {

TEST(LookStrip, DrawsNothingOfNothing) { EXPECT_EQ(look_strip({}), ""); }

TEST(LookStrip, DrawsBarsOfDifferentHeightAndSaysTheSameInWords) {
  EXPECT_EQ(look_strip({Outcome::kOk, Outcome::kRateLimited, Outcome::kNotFound, Outcome::kOk}),
            "<svg class=\"strip\" role=\"img\" width=\"28\" height=\"16\" viewBox=\"0 0 28 16\">"
            "<title>Last 4 looks: 2 ok, 1 not_found, 1 rate_limited; the newest ok.</title>"
            "<path class=\"good\" d=\"M0 8h6v8h-6zM21 8h6v8h-6z\"></path>"
            "<path class=\"odd\" d=\"M7 4h6v12h-6z\"></path>"
            "<path class=\"bad\" d=\"M14 0h6v16h-6z\"></path></svg>");
}

}  // namespace
}  // namespace together
