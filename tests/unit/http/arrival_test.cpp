// The kernel's receive time.
#include "exporter/http/arrival.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "tests/unit/http/stamped_socket.h"

namespace together {
namespace {

using namespace std::chrono_literals;

TEST(Arrival, IsNeitherBeforeTheSendingNorMovedByLookingAgain) {
  const StampedSocket stamped;
  if (stamped.socket() < 0) GTEST_SKIP() << "this kernel does not stamp what TCP receives";
  const auto first = arrival_of_next_byte(stamped.socket());
  const auto second = arrival_of_next_byte(stamped.socket());
  ASSERT_TRUE(first && second);
  // Wall and steady clock are read one after the other: a little play.
  EXPECT_GE(*first, stamped.sent() - 5ms);
  EXPECT_LE(*first, std::chrono::steady_clock::now());
  EXPECT_LT(std::chrono::abs(*second - *first), 5ms);
}

TEST(Arrival, ReadsNothingAway) {
  const StampedSocket stamped;
  if (stamped.socket() < 0) GTEST_SKIP() << "this kernel does not stamp what TCP receives";
  ASSERT_TRUE(arrival_of_next_byte(stamped.socket()));
  char byte = 0;
  EXPECT_EQ(::recv(stamped.socket(), &byte, 1, MSG_DONTWAIT), 1);
  EXPECT_EQ(byte, 'x');
}

TEST(Arrival, IsEmptyWhereNothingWaits) {
  std::array<int, 2> pair{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair.data()), 0);
  EXPECT_EQ(arrival_of_next_byte(pair[0]), std::nullopt);
  ::close(pair[0]);
  ::close(pair[1]);
}

}  // namespace
}  // namespace together
