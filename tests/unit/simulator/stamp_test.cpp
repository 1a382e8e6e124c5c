#include "simulator/stamp.h"

#include "tests/unit/simulator/builders.h"

namespace together::simulator {
namespace {

TEST(Stamp, RequestIdEndsInTheRayId) {
  const Stamp stamp{5, 0, kNoon};
  EXPECT_EQ(ray_id(stamp).size(), 16U);
  EXPECT_TRUE(request_id(stamp).ends_with("-" + ray_id(stamp)));
}
TEST(Stamp, OtherRequestsHaveOtherIds) {
  EXPECT_NE(request_id({5, 0, kNoon}), request_id({6, 0, kNoon}));
}
TEST(Stamp, EngineIdHas32Digits) {
  EXPECT_EQ(engine_id({5, 0, kNoon}).size(), std::string("chatcmpl-").size() + 32);
}
TEST(IsoMilliseconds, WritesThreeDigits) {
  EXPECT_EQ(iso_milliseconds(kNoon + std::chrono::milliseconds(7)), "2026-11-21T12:00:00.007Z");
}
TEST(HttpDate, IsTheFormOfTheStandard) {
  EXPECT_EQ(http_date(kNoon), "Sat, 21 Nov 2026 12:00:00 GMT");
}

}  // namespace
}  // namespace together::simulator
