#include "exporter/web/calendar.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <set>

#include <nlohmann/json.hpp>

namespace together {
namespace {

using Json = nlohmann::json;

constexpr WallTime kNow = std::chrono::sys_days(std::chrono::year(2026) / 8 / 21) +
                          std::chrono::hours(13) + std::chrono::seconds(5);

Day day(std::string_view text) { return parse_day(text).value(); }

/// One model with a date from one source.
StatusView view_of(const std::string& id, const std::string& source = "together",
                   const std::string& date = "2026-09-14") {
  StatusView view;
  view.now = kNow;
  view.version = "0.3.0";
  view.models.resize(1);
  view.models[0].id = id;
  view.models[0].state = "available";
  view.models[0].retirements = {{"inference", day(date), source, "", {}}};
  return view;
}

struct Verdict {
  int code = -1;
  std::string output;
};

/// Two parsers' reading. Needs Debian's python3-icalendar and python3-vobject.
Verdict parse(const std::string& calendar) {
  const std::string path = testing::TempDir() + "calendar_" + std::to_string(getpid()) + ".ics";
  std::ofstream(path, std::ios::binary) << calendar;
  Verdict verdict;
  const std::string command =
      "/usr/bin/python3 '" TE_SOURCE_DIR "/tests/unit/web/calendar_parse.py' 2>&1 <" + path;
  std::FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 4096> piece{};
  while (const std::size_t n = std::fread(piece.data(), 1, piece.size(), pipe)) {
    verdict.output.append(piece.data(), n);
  }
  verdict.code = WEXITSTATUS(pclose(pipe));
  std::remove(path.c_str());
  return verdict;
}

Json understood(const StatusView& view) {
  const Verdict verdict = parse(render_calendar(view));
  EXPECT_EQ(verdict.code, 0) << verdict.output;
  return Json::parse(verdict.output, nullptr, false);
}

std::string line_of(const std::string& calendar, const std::string& name) {
  const auto start = calendar.find("\r\n" + name + ":") + 2;
  return calendar.substr(start, calendar.find("\r\n", start) - start);
}

TEST(Calendar, WritesOneRetirementInFull) {
  StatusView view = view_of("zai-org/GLM-5.1");
  view.models[0].retirements[0].replacement = "zai-org/GLM-5.2";
  const std::string calendar = render_calendar(view);
  const std::string uid = line_of(calendar, "UID");
  EXPECT_EQ(calendar,
            "BEGIN:VCALENDAR\r\n"
            "VERSION:2.0\r\n"
            "PRODID:-//together-exporter//0.3.0//EN\r\n"
            "METHOD:PUBLISH\r\n"
            "X-WR-CALNAME:Together AI retirements\r\n"
            "BEGIN:VEVENT\r\n" +
                uid +
                "\r\n"
                "DTSTAMP:20260821T130005Z\r\n"
                "DTSTART;VALUE=DATE:20260914\r\n"
                "DTEND;VALUE=DATE:20260915\r\n"
                "SUMMARY:zai-org/GLM-5.1 leaves inference (together)\r\n"
                "DESCRIPTION:Says together. State now: available. Replacement: zai-org/GLM-5\r\n"
                " .2.\r\n"
                "CATEGORIES:inference\r\n"
                "TRANSP:TRANSPARENT\r\n"
                "END:VEVENT\r\n"
                "END:VCALENDAR\r\n");
}

TEST(Calendar, KeepsTheIdentityOfAMovedDate) {
  const auto uid = [](const StatusView& view) { return line_of(render_calendar(view), "UID"); };
  EXPECT_EQ(uid(view_of("a", "s", "2026-09-14")), uid(view_of("a", "s", "2026-09-15")));
  EXPECT_EQ(uid(view_of("a", "s")), "UID:1892875059386142729@together-exporter");
}

TEST(Calendar, GivesEachModelSurfaceAndSourceAnIdentity) {
  StatusView view = view_of("a", "s");
  auto& retirements = view.models[0].retirements;
  retirements.push_back(retirements[0]);
  retirements[1].surface = "fine_tuning";
  retirements.push_back(retirements[0]);
  retirements[2].source = "t";
  view.models.push_back(view.models[0]);
  view.models[1].id = "b";
  std::set<std::string> uids;
  const Json calendar = understood(view);
  for (const auto& event : calendar.at("events")) uids.insert(event.at("uid"));
  EXPECT_EQ(uids.size(), 6U);
}

TEST(Calendar, IsUnderstoodByTwoOtherParsers) {
  StatusView view = view_of("Qwen/Qwen3-Nächste-次のモデル-" + std::string(60, 'q'));
  auto& model = view.models[0];
  model.retirements.push_back({"fine_tuning", day("2027-02-28"), "ours", "b;c,d\\e", {}});
  model.replacements = {{"b;c,d\\e", "ours", "suspect", {}, {}, {}}};
  model.successor = "x/y";
  const Json calendar = understood(view);
  EXPECT_EQ(calendar.at("version"), "2.0");
  EXPECT_EQ(calendar.at("method"), "PUBLISH");
  EXPECT_EQ(calendar.at("name"), "Together AI retirements");
  ASSERT_EQ(calendar.at("events").size(), 2U);
  const Json& first = calendar["events"][0];
  EXPECT_EQ(first.at("summary"), model.id + " leaves inference (together)");
  EXPECT_EQ(first.at("start"), "2026-09-14");
  EXPECT_EQ(first.at("end"), "2026-09-15");
  EXPECT_EQ(first.at("stamp"), "2026-08-21T13:00:05+0000");
  EXPECT_EQ(first.at("transparent"), "TRANSPARENT");
  EXPECT_EQ(first.at("categories"), Json{"inference"});
  const Json& second = calendar["events"][1];
  EXPECT_EQ(second.at("summary"), model.id + " leaves fine-tuning (ours)");
  EXPECT_EQ(second.at("end"), "2027-03-01");
  EXPECT_EQ(second.at("description"),
            "Says ours. State now: available. Replacement: b;c,d\\e (suspect). The nearest that "
            "answers: x/y.");
}

TEST(Calendar, IsACalendarWithoutDatesToo) {
  StatusView view = view_of("a");
  view.models[0].retirements.clear();
  EXPECT_EQ(understood(view).at("events").size(), 0U);
}

TEST(Calendar, LetsNoTextBecomeALine) {
  const std::string hostile = std::string(
      "x\r\nEND:VEVENT\nBEGIN:VEVENT\rUID:1\u2028BEGIN:VALARM\u0085\u2029\x1C\x0B\x0C\0"
      "\x7F\xFF\\e;,\"",
      63);
  StatusView view = view_of(hostile, hostile);
  view.version = hostile;
  auto& model = view.models[0];
  model.state = hostile;
  model.successor = hostile;
  model.retirements[0].replacement = hostile;
  model.retirements[0].surface = hostile;
  model.replacements = {{hostile, hostile, hostile, {}, {}, {}}};
  const Json calendar = understood(view);
  ASSERT_EQ(calendar.at("events").size(), 1U);
  const std::string plain = "x  END:VEVENT BEGIN:VEVENT UID:1 BEGIN:VALARM       \uFFFD\\e;,\"";
  EXPECT_EQ(calendar["events"][0].at("summary"), plain + " leaves inference (" + plain + ")");
}

TEST(Calendar, FoldsAtEveryOffsetWithoutSplittingACharacter) {
  StatusView view;
  view.now = kNow;
  for (std::size_t i = 0; i < 80; ++i) {
    view.models.push_back(view_of(std::string(i, 'a') + "é次😀é次😀é次😀é次😀é次😀").models[0]);
  }
  const Json calendar = understood(view);
  ASSERT_EQ(calendar.at("events").size(), 80U);
  for (std::size_t i = 0; i < 80; ++i) {
    EXPECT_EQ(calendar["events"][i].at("summary"),
              view.models[i].id + " leaves inference (together)");
  }
}

TEST(Calendar, SaysWhatLeavesHoweverLongTheIdIs) {
  const Json calendar = understood(view_of(std::string(1 << 20, 'x')));
  EXPECT_EQ(calendar.at("events")[0].at("summary"),
            std::string(200, 'x') + " leaves inference (together)");
}

TEST(Calendar, IsRefusedByTheParsersWhereItIsBroken) {
  std::string calendar = render_calendar(view_of("a"));
  calendar.erase(calendar.find("END:VEVENT\r\n"), 12);
  EXPECT_NE(parse(calendar).code, 0);
}

}  // namespace
}  // namespace together
