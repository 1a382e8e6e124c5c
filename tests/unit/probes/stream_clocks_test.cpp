#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/unit/probes/streams.h"

namespace together {
namespace {

using std::chrono::milliseconds;

/// A piece of a stream and when it arrived, in milliseconds.
struct Piece {
  int at;
  std::string bytes;
};

Exchange timed(const std::vector<Piece>& pieces) {
  Exchange exchange = stream_answer("");
  for (const auto& [at, bytes] : pieces) {
    exchange.body += bytes;
    exchange.chunks.push_back({milliseconds(at), exchange.body.size()});
  }
  return exchange;
}

/// Values of a family, those whose second label is `label` where it is given.
std::vector<double> values(const Exchange& exchange, const std::string& family,
                           const std::string& label = "") {
  std::vector<double> found;
  for (const Reading& reading : judge_stream_answer(exchange).readings) {
    if (reading.metric->name != family) continue;
    if (label.empty() || reading.labels.at(1) == label) found.push_back(reading.value);
  }
  return found;
}

std::string reasoning(const std::string& text) { return chunk(R"({"reasoning":")" + text + "\"}"); }

const char* const kFirstByte = "together_stream_time_to_first_byte_seconds";
const char* const kFirstEvent = "together_stream_time_to_first_event_seconds";
const char* const kFirstToken = "together_stream_time_to_first_token_seconds";
const char* const kGap = "together_stream_token_gap_seconds";
const char* const kRate = "together_stream_output_tokens_per_second";

using Values = std::vector<double>;

TEST(StreamClocks, TellsReasoningFromAnswer) {
  const Exchange exchange = timed({{100, chunk(R"({"role":"assistant","content":""})")},
                                   {250, reasoning("We")},
                                   {500, content("One")},
                                   {750, finish() + kDone}});
  EXPECT_EQ(values(exchange, kFirstToken, "any"), Values{0.25});
  EXPECT_EQ(values(exchange, kFirstToken, "answer"), Values{0.5});
  EXPECT_EQ(values(exchange, kGap), Values{0.25});
}

TEST(StreamClocks, KnowsEveryKindOfToken) {
  const std::string arguments = R"({"tool_calls":[{"index":0,"function":{"arguments":"{"}}]})";
  const std::string opening =
      R"({"tool_calls":[{"id":"c","index":0,"function":{"name":"f","arguments":""}}]})";
  const std::string text =
      event(R"({"object":"chat.completion.chunk","choices":[{"index":0,"text":"x","delta":{}}]})");
  EXPECT_EQ(values(timed({{250, chunk(R"({"reasoning_content":"The"})")}}), kFirstToken, "any"),
            Values{0.25});
  EXPECT_EQ(values(timed({{250, chunk(opening)}, {500, chunk(arguments)}}), kFirstToken, "answer"),
            Values{0.5});
  EXPECT_EQ(values(timed({{250, text}}), kFirstToken, "answer"), Values{0.25});
  const std::string old_call = R"({"function_call":{"name":"f","arguments":"{"}})";
  EXPECT_EQ(values(timed({{250, chunk(old_call)}}), kFirstToken, "answer"), Values{0.25});
}

TEST(StreamClocks, CountsContentRepeatedInTextOnce) {
  const std::string twice = event(
      R"({"object":"chat.completion.chunk","choices":[{"text":"x","delta":{"content":"x"}}]})");
  EXPECT_EQ(values(timed({{250, twice}, {500, twice}}), kGap), Values{0.25});
}

TEST(StreamClocks, GivesNoAnswerTimeToAModelThatOnlyThinks) {
  const Exchange exchange = timed({{250, reasoning("We")}, {500, finish("length") + kDone}});
  EXPECT_EQ(values(exchange, kFirstToken, "any"), Values{0.25});
  EXPECT_EQ(values(exchange, kFirstToken, "answer"), Values{});
}

TEST(StreamClocks, WaitsForTheByteThatCompletesTheEvent) {
  const std::string one = content("One");
  const Exchange exchange = timed({{100, one.substr(0, one.size() - 1)},
                                   {250, one.substr(one.size() - 1) + content("two").substr(0, 9)},
                                   {500, content("two").substr(9)}});
  EXPECT_EQ(values(exchange, kFirstToken, "any"), Values{0.25});
  EXPECT_EQ(values(exchange, kGap), Values{0.25});
}

TEST(StreamClocks, GivesEventsOfOneArrivalNoGap) {
  EXPECT_EQ(values(timed({{250, content("a") + content("b")}, {500, content("c")}}), kGap),
            (Values{0, 0.25}));
}

TEST(StreamClocks, GivesTheRateOfTheTokensAfterTheFirst) {
  const std::string usage =
      usage_chunk(R"({"prompt_tokens":9,"completion_tokens":3,"total_tokens":12})");
  const Exchange exchange = timed({{250, content("a")},
                                   {500, content("b")},
                                   {750, content("c")},
                                   {900, finish() + usage + kDone}});
  EXPECT_EQ(values(exchange, kRate), Values{4});
}

TEST(StreamClocks, GivesNoRateWithoutTimeOrTokens) {
  const std::string one =
      usage_chunk(R"({"prompt_tokens":9,"completion_tokens":1,"total_tokens":10})");
  EXPECT_EQ(values(timed({{250, content("a")}, {500, content("b")}}), kRate), Values{});
  EXPECT_EQ(values(timed({{250, content("a")}, {500, content("b")}, {600, one}}), kRate), Values{});
  EXPECT_EQ(values(timed({{250, content("a") + content("b")}, {600, kUsage}}), kRate), Values{});
  EXPECT_EQ(values(timed({{600, kUsage}}), kRate), Values{});
}

TEST(StreamClocks, TakesTheFirstByteFromThePhases) {
  Exchange exchange = timed({{250, kGoodStream}});
  EXPECT_EQ(values(exchange, kFirstByte), Values{});
  exchange.phases.first_byte = milliseconds(125);
  EXPECT_EQ(values(exchange, kFirstByte), Values{0.125});
}

TEST(StreamClocks, TakesTheFirstEventOfAnyKind) {
  const std::string opening = chunk(R"({"role":"assistant","content":""})");
  EXPECT_EQ(values(timed({{125, ": wait\n\n"}, {250, opening}, {500, content("x")}}), kFirstEvent),
            Values{0.25});
  EXPECT_EQ(values(timed({{125, "event: meta\ndata: 1\n\n"}, {250, opening}}), kFirstEvent),
            Values{0.125});
  EXPECT_EQ(values(timed({{125, opening.substr(0, 9)}, {250, opening.substr(9)}}), kFirstEvent),
            Values{0.25});
  EXPECT_EQ(values(timed({{125, "data: {"}}), kFirstEvent), Values{});
}

TEST(StreamClocks, StaysSilentWithoutArrivalTimes) {
  EXPECT_EQ(values(stream_answer(kGoodStream), kFirstEvent), Values{});
  EXPECT_EQ(values(stream_answer(kGoodStream), kFirstToken), Values{});
  EXPECT_EQ(values(stream_answer(kGoodStream), kGap), Values{});
}

TEST(StreamFinishReasons, AreCountedByName) {
  const char* const family = "together_stream_finish_reasons_total";
  const Exchange two = stream_answer(finish("tool_calls") + finish("stop") + kDone);
  EXPECT_EQ(values(two, family, "tool_calls"), Values{1});
  EXPECT_EQ(values(two, family, "stop"), Values{1});
  EXPECT_EQ(values(stream_answer(finish("tired") + kDone), family, "other"), Values{1});
  EXPECT_EQ(values(stream_answer(finish("error") + kDone), family, "error"), Values{1});
}

}  // namespace
}  // namespace together
