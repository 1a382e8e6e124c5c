#include "simulator/scenario.h"

#include <gtest/gtest.h>

namespace together::simulator {
namespace {

using namespace std::chrono_literals;

std::string error_of(const std::string& yaml) {
  const auto scenario = parse_scenario(yaml, "s.yml");
  return scenario ? "" : scenario.error().message;
}

/// Of a scenario whose third line is this event.
std::string event_error(const std::string& event) {
  return error_of("defaults: {}\nevents:\n  - " + event);
}

TEST(Scenario, ReadsDefaults) {
  const auto s =
      parse_scenario("defaults: {first_token: 1s, token: 5ms, answer_tokens: 7}", "s.yml");
  ASSERT_TRUE(s);
  EXPECT_EQ(s->defaults.first_token, 1s);
  EXPECT_EQ(s->defaults.token, 5ms);
  EXPECT_EQ(s->defaults.answer_tokens, 7);
}
TEST(Scenario, AnEmptyFileIsAnEmptyScenario) { EXPECT_EQ(error_of(""), ""); }
TEST(Scenario, ReadsAModel) {
  const auto s = parse_scenario(
      "models:\n  - {id: a/b, type: chat, serverless: true, price: {input: 0.88, output: 0.9, "
      "cached_input: 0.1}, shape: [1, 2], usage: finish, context_length: 131072}\n",
      "s.yml");
  ASSERT_TRUE(s);
  const ModelSpec& spec = s->models.at(0);
  EXPECT_EQ(spec.id, "a/b");
  EXPECT_EQ(spec.input, 0.88);
  EXPECT_EQ(spec.cached_input, 0.1);
  EXPECT_EQ(spec.shapes, (std::vector<int>{1, 2}));
  EXPECT_EQ(spec.usage, UsagePlace::kFinish);
  EXPECT_EQ(spec.context_length, 131072);
}
TEST(Scenario, SortsEventsByTimeAndKeepsTheOrderOfEquals) {
  const auto s = parse_scenario(
      "events:\n  - {at: 2m, action: remove, model: a/b}\n  - {at: 0s, action: block, model: a/b}\n"
      "  - {at: 2m, action: restore, model: a/b}\n",
      "s.yml");
  ASSERT_TRUE(s);
  EXPECT_EQ(s->events[0].action, Action::kBlock);
  EXPECT_EQ(s->events[1].action, Action::kRemove);
  EXPECT_EQ(s->events[2].action, Action::kRestore);
  EXPECT_EQ(s->events[2].at, 2min);
}

TEST(Scenario, RefusesAnUnknownKeyWithItsLine) {
  EXPECT_EQ(error_of("defaults: {}\nmodles: []\n"), "s.yml:2: scenario: unknown key \"modles\"");
}
TEST(Scenario, RefusesARepeatedKeyWithItsLine) {
  EXPECT_EQ(error_of("defaults: {}\nevents: []\ndefaults: {}\n"),
            "s.yml:3: scenario: repeated key \"defaults\"");
}
TEST(Scenario, RefusesAKeyOfAnotherAction) {
  EXPECT_EQ(event_error("{at: 0s, action: remove, model: a/b, to: c/d}"),
            "s.yml:3: remove: unknown key \"to\"");
}
TEST(Scenario, RefusesAMissingTime) {
  EXPECT_EQ(event_error("{action: remove, model: a/b}"), "s.yml:3: remove: needs the key \"at\"");
}
TEST(Scenario, RefusesAMissingModel) {
  EXPECT_EQ(event_error("{at: 0s, action: remove}"), "s.yml:3: remove: needs the key \"model\"");
}
TEST(Scenario, RefusesAnEmptyModel) {
  EXPECT_EQ(event_error("{at: 0s, action: remove, model: \"\"}"),
            "s.yml:3: model: must not be empty");
}
TEST(Scenario, RefusesAnUnknownAction) {
  EXPECT_EQ(event_error("{at: 0s, action: explode, model: a/b}"),
            "s.yml:3: action: \"explode\" is no action");
}
TEST(Scenario, RefusesAMissingAction) {
  EXPECT_EQ(event_error("{at: 0s, model: a/b}"), "s.yml:3: events: needs the key \"action\"");
}
TEST(Scenario, RefusesAnEventThatIsNoMap) {
  EXPECT_EQ(event_error("remove"), "s.yml:3: events: needs the key \"action\"");
}
TEST(Scenario, RefusesABadDuration) {
  EXPECT_EQ(event_error("{at: soon, action: remove, model: a/b}"),
            "s.yml:3: at: \"soon\" is no duration; write it as 30s, 5m, 1h30m or 1d");
}
TEST(Scenario, RefusesAModelForAnAccountEvent) {
  EXPECT_EQ(event_error("{at: 0s, action: reject_key, model: a/b}"),
            "s.yml:3: reject_key: unknown key \"model\"");
}
TEST(Scenario, RefusesARedirectToItself) {
  EXPECT_EQ(event_error("{at: 0s, action: redirect, model: a/b, to: a/b}"),
            "s.yml:3: to: a model cannot be redirected to itself");
}
TEST(Scenario, RefusesAnUnknownBreakMode) {
  EXPECT_EQ(event_error("{at: 0s, action: break_stream, model: a/b, mode: bent}"),
            "s.yml:3: mode: \"bent\" is none of cut, in_band_error, no_done, no_finish, bad_json, "
            "done_twice, html, hang, wrong_content_type, event_error");
}
TEST(Scenario, RefusesAPriceThatIsNegative) {
  EXPECT_EQ(event_error("{at: 0s, action: price, model: a/b, input: -1}"),
            "s.yml:3: input: \"-1\" is no number of 0 or more");
}
TEST(Scenario, RefusesALeadingZero) {
  EXPECT_EQ(event_error("{at: 0s, action: price, model: a/b, input: 010}"),
            "s.yml:3: input: \"010\" is no number of 0 or more");
}
TEST(Scenario, RefusesNotANumber) {
  EXPECT_EQ(event_error("{at: 0s, action: price, model: a/b, input: nan}"),
            "s.yml:3: input: \"nan\" is no number of 0 or more");
}
TEST(Scenario, RefusesAPriceEventWithoutPrice) {
  EXPECT_EQ(event_error("{at: 0s, action: price, model: a/b}"),
            "s.yml:3: price: needs \"input\", \"output\" or \"cached_input\"");
}
TEST(Scenario, RefusesARateAboveOne) {
  EXPECT_EQ(event_error("{at: 0s, action: flap, model: a/b, rate: 1.5}"),
            "s.yml:3: rate: must be from 0 to 1");
}
TEST(Scenario, RefusesAnUnknownShape) {
  EXPECT_EQ(event_error("{at: 0s, action: shape, model: a/b, shape: 6}"),
            "s.yml:3: shape: must be a number from 1 to 5, or a list of them");
}
TEST(Scenario, RefusesAnAnnouncementWithoutDate) {
  EXPECT_EQ(event_error("{at: 0s, action: announce, model: a/b}"),
            "s.yml:3: announce: needs either \"date\" or \"in\"");
}
TEST(Scenario, RefusesADateThatIsNone) {
  EXPECT_EQ(event_error("{at: 0s, action: announce, model: a/b, date: 2026-13-01}"),
            "s.yml:3: date: must be written 2026-12-01");
}
TEST(Scenario, ReadsAnAnnouncementForFineTuning) {
  const auto s = parse_scenario(
      "events: [{at: 0s, action: announce, model: a/b, in: 1d, surface: fine_tuning}]", "s.yml");
  ASSERT_TRUE(s);
  EXPECT_EQ(s->events[0].surface, Surface::kFineTuning);
}
TEST(Scenario, AnnouncesForInferenceUnlessToldOtherwise) {
  const auto s =
      parse_scenario("events: [{at: 0s, action: announce, model: a/b, in: 1d}]", "s.yml");
  ASSERT_TRUE(s);
  EXPECT_EQ(s->events[0].surface, Surface::kInference);
}
TEST(Scenario, RefusesAnUnknownSurface) {
  EXPECT_EQ(event_error("{at: 0s, action: announce, model: a/b, in: 1d, surface: training}"),
            "s.yml:3: surface: \"training\" is none of inference, fine_tuning");
  EXPECT_EQ(event_error("{at: 0s, action: withdraw, model: a/b, surface: training}"),
            "s.yml:3: surface: \"training\" is none of inference, fine_tuning");
}
TEST(Scenario, RefusesDedicatedEndpointsForFineTuning) {
  EXPECT_EQ(event_error("{at: 0s, action: announce, model: a/b, in: 1d, surface: fine_tuning, "
                        "dedicated: true}"),
            "s.yml:3: dedicated: belongs to surface inference only");
}
TEST(Scenario, ReadsAnAnnouncedRedirect) {
  const auto s = parse_scenario(
      "events: [{at: 0s, action: announce_redirect, model: a/b, to: Kimi-K3, as: Kimi-K2}]",
      "s.yml");
  ASSERT_TRUE(s);
  EXPECT_EQ(s->events[0].to, "Kimi-K3");
  EXPECT_EQ(s->events[0].as, "Kimi-K2");
}
TEST(Scenario, RefusesAnAnnouncedRedirectThatSaysTooLittleOrNonsense) {
  EXPECT_EQ(event_error("{at: 0s, action: announce_redirect, model: a/b}"),
            "s.yml:3: announce_redirect: needs the key \"to\"");
  EXPECT_EQ(event_error("{at: 0s, action: announce_redirect, model: a/b, to: a/b}"),
            "s.yml:3: to: a model cannot be redirected to itself");
  EXPECT_EQ(event_error("{at: 0s, action: announce_redirect, model: a/b, to: c/d, as: \"\"}"),
            "s.yml:3: as: must not be empty");
  EXPECT_EQ(event_error("{at: 0s, action: redirect, model: a/b, to: c/d, as: x}"),
            "s.yml:3: redirect: unknown key \"as\"");
}
TEST(Scenario, RefusesANameThatIsNone) {
  EXPECT_EQ(event_error("{at: 0s, action: rename_answer, model: a/b}"),
            "s.yml:3: rename_answer: needs the key \"as\"");
  EXPECT_EQ(event_error("{at: 0s, action: rename_answer, model: a/b, as: \"\"}"),
            "s.yml:3: as: must not be empty");
}
TEST(Scenario, ReadsAPageMode) {
  const auto s =
      parse_scenario("events: [{at: 0s, action: page, mode: shrink, fraction: 0.3}]", "s.yml");
  ASSERT_TRUE(s);
  EXPECT_EQ(s->events[0].page_mode, PageMode::kShrink);
  EXPECT_EQ(s->events[0].fraction, 0.3);
}
TEST(Scenario, RefusesAPageItCannotPlay) {
  EXPECT_EQ(event_error("{at: 0s, action: page, mode: bent}"),
            "s.yml:3: mode: \"bent\" is none of normal, empty, shrink, html, cut, error, moved");
  EXPECT_EQ(event_error("{at: 0s, action: page, mode: shrink}"),
            "s.yml:3: page: needs the key \"fraction\"");
  EXPECT_EQ(event_error("{at: 0s, action: page, mode: cut, fraction: 0.5}"),
            "s.yml:3: fraction: belongs to mode shrink only");
  EXPECT_EQ(event_error("{at: 0s, action: page, mode: cut, model: a/b}"),
            "s.yml:3: page: unknown key \"model\"");
}
TEST(Scenario, RefusesAFailureItCannotPlay) {
  EXPECT_EQ(event_error("{at: 0s, action: fail_all, status: 418}"),
            "s.yml:3: status: \"418\" is none of 500, 503, 521, hang, close");
}
TEST(Scenario, RefusesAFractionForOtherModes) {
  EXPECT_EQ(event_error("{at: 0s, action: list_mode, mode: empty, fraction: 0.5}"),
            "s.yml:3: fraction: belongs to mode shrink only");
}
TEST(Scenario, RefusesAHeaderThatCouldSplitTheAnswer) {
  EXPECT_EQ(event_error("{at: 0s, action: version_header, name: x-a, value: \"1\\r\\nx-b: 2\"}"),
            "s.yml:3: value: must be printable");
}
TEST(Scenario, RefusesAModelListedTwice) {
  EXPECT_EQ(error_of("models:\n  - {id: a/b}\n  - {id: a/b}\n"),
            "s.yml:3: id: the model is listed twice");
}
TEST(Scenario, RefusesEventsThatAreNoList) {
  EXPECT_EQ(error_of("events: {at: 0s}\n"), "s.yml:1: events: must be a list");
}
TEST(Scenario, NamesTheLineOfBrokenYaml) {
  EXPECT_EQ(error_of("defaults: {}\nevents: [\n").substr(0, 24), "s.yml:3: not valid YAML:");
}

TEST(EventJson, ReadsAnEvent) {
  const auto event = parse_event_json(R"({"action":"price","model":"a/b","input":1.5})");
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->action, Action::kPrice);
  EXPECT_EQ(event->spec.input, 1.5);
}
TEST(EventJson, ReadsAStatusThatIsANumber) {
  const auto event = parse_event_json(R"({"action":"fail_all","status":503,"for":"5m"})");
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->failure, Failure::k503);
  EXPECT_EQ(event->lasts, Duration(5min));
}
TEST(EventJson, RefusesATime) {
  EXPECT_EQ(parse_event_json(R"({"at":"1m","action":"reject_key"})").error().message,
            "reject_key: unknown key \"at\"");
}
TEST(EventJson, RefusesARepeatedKey) {
  EXPECT_EQ(parse_event_json(R"({"action":"remove","model":"a/b","model":"c/d"})").error().message,
            "remove: repeated key \"model\"");
}
TEST(EventJson, RefusesWhatIsNoJson) {
  EXPECT_EQ(parse_event_json("action: remove").error().message,
            "the body must be one event as a JSON object");
}
TEST(EventJson, RefusesWhatWouldOverflowTheStack) {
  EXPECT_EQ(parse_event_json(std::string(100'000, '[') + std::string(100'000, ']')).error().message,
            "the body must be one event as a JSON object");
}
TEST(EventJson, RefusesWhatIsNoObject) {
  EXPECT_EQ(parse_event_json("[]").error().message, "event: needs the key \"action\"");
}

}  // namespace
}  // namespace together::simulator
