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

TEST(StatusPage, SaysSoWhereThereIsNothing) {
  const std::string page = render_status_page({});
  EXPECT_EQ(markup_problem(page), "");
  EXPECT_TRUE(contains(page, "The configuration tracks no model."));
  EXPECT_TRUE(contains(page, "Nothing has changed yet."));
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
