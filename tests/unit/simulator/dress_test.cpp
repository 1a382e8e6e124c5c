#include "simulator/dress.h"

#include "tests/unit/simulator/builders.h"

namespace together::simulator {
namespace {

std::string dressed(const StreamDress& dress) {
  Script script;
  script.streamed = true;
  script.parts = {{Duration{}, "data: 1\n\n"}, {Duration{}, "data: 2\n\n"}};
  dress_stream(dress, script);
  return body_of(script);
}

TEST(Dress, NoneLeavesTheStream) { EXPECT_EQ(dressed({}), "data: 1\n\ndata: 2\n\n"); }
TEST(Dress, AnEventStandsInTheMiddle) {
  StreamDress dress;
  dress.event = "ping";
  dress.data = "a\nb";
  EXPECT_EQ(dressed(dress), "data: 1\n\nevent: ping\ndata: a\ndata: b\n\ndata: 2\n\n");
}
TEST(Dress, ACommentStandsInTheMiddle) {
  StreamDress dress;
  dress.comment = "keep-alive";
  EXPECT_EQ(dressed(dress), "data: 1\n\n: keep-alive\n\ndata: 2\n\n");
}
TEST(Dress, LinesCanEndWithCrlf) {
  StreamDress dress;
  dress.crlf = true;
  EXPECT_EQ(dressed(dress), "data: 1\r\n\r\ndata: 2\r\n\r\n");
}
TEST(Dress, AByteOrderMarkComesFirst) {
  StreamDress dress;
  dress.byte_order_mark = true;
  EXPECT_EQ(dressed(dress),
            "\xef\xbb\xbf"
            "data: 1\n\ndata: 2\n\n");
}
TEST(Dress, AChangeKeepsWhatItDoesNotName) {
  StreamDress dress;
  dress.comment = "x";
  dress.crlf = true;
  StreamDress change;
  change.comment = "";
  change_dress(dress, change);
  EXPECT_EQ(dressed(dress), "data: 1\r\n\r\ndata: 2\r\n\r\n");
}

}  // namespace
}  // namespace together::simulator
