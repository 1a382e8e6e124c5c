#include "exporter/web/status_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "exporter/web/status_style.h"
#include "tests/unit/web/sample_view.h"

namespace together {
namespace {

using testing::ContainsRegex;
using testing::Not;
using testing::TempDir;

std::string run(const std::string& command) {
  std::string out;
  std::FILE* pipe = popen(command.c_str(), "r");
  char piece[256];
  while (const std::size_t n = std::fread(piece, 1, sizeof piece, pipe)) out.append(piece, n);
  pclose(pipe);
  return out;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Every opened element is closed, in order: enough to see that no text became markup.
std::string markup_problem(const std::string& html) {
  std::vector<std::string> open;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const bool closes = html[at + 1] == '/';
    const std::size_t start = at + (closes ? 2 : 1);
    const std::string name = html.substr(start, html.find_first_of(" >", start) - start);
    if (name == "!DOCTYPE" || name == "meta") continue;
    if (!closes) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return "</" + name + "> closes nothing";
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : "<" + open.back() + "> stays open";
}

TEST(StatusPage, PolicyNamesTheHashOfItsStyle) {
  const std::string path = TempDir() + "style_" + std::to_string(getpid());
  std::ofstream(path) << kStatusStyle;
  std::string hash =
      run("sha256sum " + path + " | cut -c1-64 | tr a-f A-F | basenc --base16 -d | base64");
  std::remove(path.c_str());
  if (!hash.empty()) hash.pop_back();
  EXPECT_TRUE(contains(std::string(kStatusPagePolicy), "style-src 'sha256-" + hash + "';")) << hash;
}

TEST(StatusPage, HoldsTheStyleOnceAndNoScript) {
  const std::string page = render_status_page(sample_view());
  EXPECT_TRUE(contains(page, "<style>" + std::string(kStatusStyle) + "</style>"));
  EXPECT_EQ(page.find("<style"), page.rfind("<style"));
  EXPECT_FALSE(contains(page, "<script"));
  EXPECT_FALSE(contains(page, "javascript:"));
  EXPECT_FALSE(contains(page, " style="));
  EXPECT_THAT(page, Not(ContainsRegex("[[:space:]][oO][nN][a-zA-Z]+=")));
}

TEST(StatusPage, LinksToNoScript) {
  StatusView view;
  view.links = {{"trap", "javascript:alert(1)"}};
  const std::string page = render_status_page(view);
  EXPECT_TRUE(contains(page, "<li>trap</li>"));
  EXPECT_FALSE(contains(page, "javascript:"));
}

TEST(StatusPage, IsWellFormed) { EXPECT_EQ(markup_problem(render_status_page(sample_view())), ""); }

TEST(StatusPage, ShowsAModelsRow) {
  StatusView view = sample_view();
  view.models = {view.models[3]};
  const std::string page = render_status_page(view);
  EXPECT_TRUE(contains(
      page,
      "<tr><th scope=\"row\">moonshotai/Kimi-K3</th><td data-label=\"State\"><span class=\"state "
      "suspect\">suspect</span><div class=\"dim\">since <time datetime=\"2025-11-21T01:39:30Z\" "
      "title=\"2025-11-21T01:39:30Z\">30 s ago</time></div></td>"));
  EXPECT_TRUE(contains(page, "<span class=\"num\">$1.20 / $4.00</span>"));
  EXPECT_TRUE(contains(page, "serving: <b>not_found</b>"));
  EXPECT_TRUE(contains(page, "status 404: model_not_available, 1 of 3"));
}

TEST(StatusPage, SortsModelsByWhatNeedsAttention) {
  const std::string page = render_status_page(sample_view());
  std::size_t last = 0;
  for (const std::string id : {"zai-org/GLM-5.1", "black-forest-labs/FLUX.2-pro",
                               "moonshotai/Kimi-K3", "deepseek-ai/DeepSeek-V4-Pro",
                               "Qwen/Qwen3.5-9B", "meta-llama/Llama-3.3-70B-Instruct-Turbo"}) {
    const std::size_t at = page.find("<th scope=\"row\">" + id);
    EXPECT_NE(at, std::string::npos) << id;
    EXPECT_GT(at, last) << id;
    last = at;
  }
}

TEST(StatusPage, ShowsActiveGatesOnly) {
  StatusView view = sample_view();
  EXPECT_TRUE(contains(render_status_page(view), "No account gate is active."));
  view.gates[0].active = true;
  const std::string page = render_status_page(view);
  EXPECT_TRUE(contains(page, "role=\"alert\">Account gate active: key_rejected</p>"));
  EXPECT_FALSE(contains(page, "spend_limited"));
  EXPECT_FALSE(contains(page, "No account gate"));
}

TEST(StatusPage, ShowsListsProbesEventsBudgetAndLinks) {
  const std::string page = render_status_page(sample_view());
  EXPECT_TRUE(
      contains(page, "<th scope=\"row\">serverless</th><td data-label=\"Models\">102</td>"));
  EXPECT_TRUE(contains(page, "<td data-label=\"Ok\">3540</td><td data-label=\"Failed\">12</td>"));
  EXPECT_TRUE(contains(page, "suspect -&gt; removed: model_not_available three times in a row."));
  EXPECT_TRUE(contains(page, "Spent today: $0.0421 of $1.00."));
  EXPECT_TRUE(contains(page, "<a href=\"/api/v1/events\">Events (JSON)</a>"));
  EXPECT_TRUE(contains(page, "1 removed</li>"));
}

/// The rows of the table with that caption, as text.
std::string table(const std::string& page, const std::string& caption) {
  const auto start = page.find("<caption>" + caption + "</caption>");
  if (start == std::string::npos) return "(no table)";
  const auto body = page.find("<tbody>", start);
  std::string text;
  bool in_tag = false;
  for (const char c : page.substr(body, page.find("</tbody>", body) - body)) {
    if (c == '<' && !text.empty() && text.back() != ' ' && text.back() != '\n') text += ' ';
    in_tag = c == '<' || (in_tag && c != '>');
    if (!in_tag && c != '>') text += c;
  }
  return text;
}

TEST(StatusPage, ShowsTheNextRetirementOfAModel) {
  StatusView view = sample_view();
  view.models = {view.models[0]};
  const std::string page = render_status_page(view);
  EXPECT_TRUE(contains(
      page,
      "<td data-label=\"Retirement\"><time datetime=\"2025-12-03\">2025-12-03</time>, in 12 d<div "
      "class=\"dim\">inference, says together</div><ul><li>replacement openai/gpt-oss-120b <span "
      "class=\"state available\">available</span></li></ul><div class=\"dim\">nearest that "
      "answers: openai/gpt-oss-120b</div></td>"));
}

TEST(StatusPage, ShowsTheLastRetirementWhereNoneIsToCome) {
  StatusView view = sample_view();
  view.models = {view.models[1]};
  EXPECT_TRUE(contains(table(render_status_page(view), "Tracked models"),
                       "2025-11-20 , 1 d ago inference, says together"));
}

TEST(StatusPage, ListsRetirementsToComeThenThoseOverdue) {
  EXPECT_EQ(table(render_status_page(sample_view()), "Next retirements"),
            "\nmeta-llama/Llama-3.3-70B-Instruct-Turbo 2025-12-03 , in 12 d inference together "
            "openai/gpt-oss-120b available available \n"
            "meta-llama/Llama-3.3-70B-Instruct-Turbo 2025-12-31 , in 40 d fine-tuning together "
            "available \n"
            "Qwen/Qwen3.5-9B 2025-11-18 , 3 d ago, overdue inference ours throttled \n");
}

TEST(StatusPage, CallsNoRetirementOverdueOfAModelThatDoesNotAnswer) {
  StatusView view = sample_view();
  for (auto& model : view.models) model.state = "unknown";
  const std::string rows = table(render_status_page(view), "Next retirements");
  EXPECT_TRUE(contains(rows, "zai-org/GLM-5.1 2025-11-20 , 1 d ago inference"));
  EXPECT_FALSE(contains(rows, "overdue"));
}

TEST(StatusPage, CallsARetirementOfTodayNotOverdue) {
  StatusView view = sample_view();
  view.models = {view.models[0]};
  view.models[0].retirements = {{"inference", day_of_time(view.now), "together", "", {}}};
  EXPECT_EQ(table(render_status_page(view), "Next retirements"),
            "\nmeta-llama/Llama-3.3-70B-Instruct-Turbo 2025-11-21 , today inference together "
            "available \n");
}

TEST(StatusPage, LinksToTheCalendar) {
  EXPECT_TRUE(contains(render_status_page(sample_view()),
                       "<a href=\"/api/v1/retirements.ics\">Subscribe to them as a calendar</a>"));
}

TEST(StatusPage, ShowsSourcesAndTheirTrouble) {
  EXPECT_EQ(table(render_status_page(sample_view()), "Sources"),
            "\ntogether up 316 5 2 h ago \n"
            "ours not up 2 0 2 d ago retirements.yml:3: date: is no day \n");
}

TEST(StatusPage, AsksWhetherAnotherModelWasMeant) {
  EXPECT_TRUE(
      contains(render_status_page(sample_view()),
               "<div>Did you mean deepseek-ai/DeepSeek-V3.1 or deepseek-ai/DeepSeek-R1?</div>"));
}

TEST(StatusPage, SaysSoWhereThereIsNothing) {
  const std::string page = render_status_page({});
  EXPECT_EQ(markup_problem(page), "");
  EXPECT_TRUE(contains(page, "The configuration tracks no model."));
  EXPECT_TRUE(contains(page, "Nothing has changed yet."));
  EXPECT_TRUE(contains(page, "No source names a day to come for a tracked model."));
  EXPECT_TRUE(contains(page, "No retirement source is configured: removal dates are not known."));
}

TEST(StatusPage, EscapesHostileTextsEverywhere) {
  const std::string hostile = "\"'><script>alert(1)</script>\xFF\n" + std::string(1 << 20, 'x');
  StatusView view;
  view.version = view.upstream = hostile;
  view.gates = {{hostile, true}};
  view.catalogues = {{hostile, 1, {}, hostile}};
  view.models = {{hostile,
                  hostile,
                  {},
                  {},
                  hostile,
                  {{hostile, hostile}},
                  {},
                  {},
                  {{hostile, hostile, hostile, {}}}}};
  view.models[0].retirements = {{hostile, Day{}, hostile, hostile, {}}};
  view.models[0].replacements = {{hostile, hostile, hostile, {}, {}, {}}};
  view.models[0].successor = hostile;
  view.models[0].nearest = {hostile, hostile};
  view.sources = {{hostile, false, 1, 1, {}, hostile}};
  view.events = {{1, {}, hostile, hostile, hostile}};
  view.probes = {{hostile, 1, 2, {}}};
  view.links = {{hostile, hostile}, {hostile, "/" + hostile}};
  const std::string page = render_status_page(view);
  EXPECT_EQ(markup_problem(page), "");
  EXPECT_FALSE(contains(page, "<script"));
  EXPECT_FALSE(contains(page, "\xFF"));
  EXPECT_FALSE(contains(page, "\"'>"));
  EXPECT_LT(page.size(), 64u << 10);
}

TEST(ByAttention, CountsAnUnheardOfStateAsUnknownAndBreaksTiesById) {
  const std::vector<StatusView::Model> models{{"c", "available", {}, {}, "", {}, {}, {}, {}},
                                              {"b", "x\"y", {}, {}, "", {}, {}, {}, {}},
                                              {"a", "unknown", {}, {}, "", {}, {}, {}, {}},
                                              {"d", "down", {}, {}, "", {}, {}, {}, {}}};
  std::string order;
  for (const auto* model : by_attention(models)) order += model->id;
  EXPECT_EQ(order, "dabc");
}

}  // namespace
}  // namespace together
