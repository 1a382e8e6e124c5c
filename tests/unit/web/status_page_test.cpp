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

/// The rows of the table with that caption, as text.
std::string table(const std::string& page, const std::string& caption) {
  const auto start = page.find(">" + caption + "</h2></caption>");
  if (start == std::string::npos) return "(no table)";
  const auto body = page.find("<tbody>", start);
  std::string text;
  bool in_tag = false;
  for (const char c : page.substr(body, page.find("</tbody>", body) - body)) {
    if (c == '<' && !text.empty() && text.back() != ' ' && text.back() != '\n') text += ' ';
    in_tag = c == '<' || (in_tag && c != '>');
    const bool doubles_a_space = c == ' ' && !text.empty() && text.back() == ' ';
    if (!in_tag && c != '>' && !doubles_a_space) text += c;
  }
  return text;
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

TEST(StatusPage, ShowsAModelThatIsNotWell) {
  StatusView view = sample_view();
  view.models = {view.models[3]};
  const std::string page = render_status_page(view);
  EXPECT_TRUE(
      contains(page,
               "<tr><th scope=\"row\">moonshotai/Kimi-K3</th><td data-label=\"State\"><span "
               "class=\"state suspect\">suspect</span> <a class=\"runbook\" "
               "href=\"https://github.com/together-exporter/together-exporter/blob/main/"
               "alerts/runbooks/TogetherModelSuspect.md\">"));
  EXPECT_EQ(table(page, "Tracked models"),
            "\nmoonshotai/Kimi-K3 suspect runbook TogetherModelSuspect since 30 s ago answered "
            "10 min ago serving: not_found 30 s ago status 404: model_not_available, 1 of 3 "
            "$1.20 / $4.00 \n");
}

TEST(StatusPage, ShowsAModelThatIsWell) {
  StatusView view = sample_view();
  view.models = {view.models[0]};
  EXPECT_EQ(table(render_status_page(view), "Tracked models"),
            "\nmeta-llama/Llama-3.3-70B-Instruct-Turbo available since 29 h ago answered 2 min ago "
            "Last 20 looks: 19 ok, 1 rate_limited; the newest ok. serving: ok 2 min ago ok 9 min "
            "ago 2025-12-03 , in 12 d runbook TogetherRetirementScheduled inference, says together "
            "replacement openai/gpt-oss-120b available nearest that answers: openai/gpt-oss-120b "
            "1 of 1 answers openai/gpt-oss-120b available $0.88 / $0.88 input rose from $0.60 to "
            "$0.88, 5 h ago runbook TogetherPriceIncreased output fell from $1.20 to $0.88, 2 d "
            "ago \n");
}

TEST(StatusPage, ShowsPricesThatAreNotPerToken) {
  StatusView view = sample_view();
  view.models = {view.models[4]};
  view.models[0].prices[0].unit = "million_characters";
  EXPECT_TRUE(contains(table(render_status_page(view), "Tracked models"),
                       " $0.03 per million characters "));
}

/// The stream's column of a model whose newest stream ended so.
std::string stream_verdict(const std::string& state, const std::string& outcome,
                           std::vector<std::string> broken_rules) {
  StatusView view;
  view.models = {{"m", state, {}, {}, "", {}, {}, {}, {}}};
  view.models[0].probes = {{"stream", outcome, "a detail", {}, std::move(broken_rules)}};
  const std::string rows = table(render_status_page(view), "Tracked models");
  return rows.substr(rows.find("never answered") + 15);
}

TEST(StatusPage, SaysHowTheLastStreamKeptTheRules) {
  EXPECT_EQ(stream_verdict("available", "ok", {}), "ok never \n");
  EXPECT_EQ(stream_verdict("available", "ok", {"known_fields"}), "ok unknown fields never \n");
  EXPECT_EQ(stream_verdict("available", "ok", {"json", "object"}),
            "broken runbook TogetherStreamContractBroken json object never \n");
  EXPECT_EQ(stream_verdict("unknown", "ok", {"json"}),
            "broken runbook TogetherStreamContractBroken json never \n");
  EXPECT_EQ(stream_verdict("redirected", "timeout", {"status"}),
            "broken runbook TogetherStreamContractBroken status never \n");
  EXPECT_EQ(stream_verdict("removed", "not_found", {"status"}), "not_found never \n");
  EXPECT_EQ(stream_verdict("throttled", "rate_limited", {}), "rate_limited never \n");
}

TEST(StatusPage, ShowsOtherProbesOnlyWhereTheyDidNotEndWell) {
  StatusView view;
  view.models = {{"m", "available", {}, {}, "", {}, {}, {}, {}}};
  view.models[0].probes = {{"json", "ok", "fine", {}, {}},
                           {"serving", "ok", "fine", {}, {}},
                           {"tools", "ok", "no call", {}, {"call"}}};
  view.models[0].authority = "serving";
  EXPECT_TRUE(contains(table(render_status_page(view), "Tracked models"),
                       "never answered serving: ok tools: ok breaks call no call \n"));
}

TEST(StatusPage, SaysWhenNoFallbackIsLeft) {
  StatusView view;
  view.models = {{"m", "available", {}, {}, "", {}, {}, {}, {}}};
  const auto fallbacks = [&](std::vector<StatusView::Fallback> all) {
    view.models[0].fallbacks = std::move(all);
    const std::string rows = table(render_status_page(view), "Tracked models");
    return rows.substr(rows.find("never answered") + 15);
  };
  EXPECT_EQ(fallbacks({{"a", "down"}, {"b", "available"}}), "1 of 2 answer a down b available \n");
  EXPECT_EQ(fallbacks({{"a", "unknown"}, {"b", "down"}}), "0 of 2 answer a unknown b down \n");
  EXPECT_EQ(fallbacks({{"a", "removed"}}),
            "0 of 1 answers runbook TogetherFallbacksExhausted a removed \n");
  const std::string many = fallbacks(std::vector<StatusView::Fallback>(100, {"a", "available"}));
  EXPECT_EQ(many.substr(0, 50), "100 of 100 answer a available a available a availa");
  EXPECT_TRUE(contains(many, "a available and 94 more \n"));
}

TEST(StatusPage, ShowsHundredsOfModelsUpToABound) {
  StatusView view;
  for (int i = 0; i < 345; ++i) {
    view.models.push_back(sample_view().models[0]);
    view.models.back().id = "m" + std::to_string(1000 + i);
  }
  const std::string page = render_status_page(view);
  EXPECT_TRUE(contains(page, "345 available</li>"));
  EXPECT_TRUE(contains(page, "<th scope=\"row\">m1199</th>"));
  EXPECT_FALSE(contains(page, "<th scope=\"row\">m1200</th>"));
  EXPECT_TRUE(contains(page, "The first 200 of 345; all are in <a href=\"/api/v1/models\">"));
  EXPECT_TRUE(contains(page, "The first 50 of 690; all are in <a href=\"/api/v1/models\">"));
  EXPECT_EQ(markup_problem(page), "");
}

TEST(StatusPage, SaysWhatIsWrongWithTheExporter) {
  StatusView view;
  view.troubles = {{"The state does not reach the disk.", "TogetherStateNotWritable"}};
  EXPECT_TRUE(contains(render_status_page(view),
                       "role=\"alert\">The state does not reach the disk. <a class=\"runbook\""));
}

TEST(StatusPage, ShowsTheBudget) {
  StatusView view;
  view.budget = {5, 1.25, 3.75, 52.483291};
  std::string page = render_status_page(view);
  EXPECT_TRUE(contains(page, "<dt>Spent today (UTC)</dt><dd>$1.25 of $5.00</dd>"));
  EXPECT_TRUE(contains(page, "<dt>Left</dt><dd>$3.75</dd>"));
  EXPECT_TRUE(contains(page, "<dt>Forecast</dt><dd>$52.48 a day at the present pace</dd>"));
  EXPECT_FALSE(contains(page, "Only free probes run."));
  view.budget = {5, 4.96, 0.04, 5};
  EXPECT_TRUE(contains(render_status_page(view), "TogetherProbeBudgetExhausted"));
  view.budget = {0, 0, 0, 0};
  page = render_status_page(view);
  EXPECT_TRUE(contains(page, "Only free probes run."));
  EXPECT_FALSE(contains(page, "TogetherProbeBudgetExhausted"));
}

TEST(StatusPage, LinksEveryBadStateAndGateToItsRunbook) {
  StatusView view;
  for (const auto state : states_by_attention()) {
    view.models.push_back({std::string(state), std::string(state), {}, {}, "", {}, {}, {}, {}});
  }
  for (const char* gate : {"key_rejected", "spend_limited", "provider_outage", "offline"}) {
    view.gates.push_back({gate, true});
  }
  const std::string page = render_status_page(view);
  for (const std::string alert :
       {"ModelRemoved", "ModelBlocked", "ModelDown", "ModelRedirected", "ModelSuspect",
        "ModelUnknown", "KeyRejected", "SpendLimited", "ProviderOutage", "ExporterOffline"}) {
    EXPECT_TRUE(contains(page, "/blob/main/alerts/runbooks/Together" + alert + ".md\"")) << alert;
  }
}

TEST(StatusPage, HasLandmarksAndHeadingsInOrder) {
  const std::string page = render_status_page(sample_view());
  const std::size_t skip = page.find("<a class=\"skip\" href=\"#main\">");
  EXPECT_LT(skip, page.find("<header>"));
  EXPECT_EQ(page.find("<a "), skip);
  for (const std::string id : {"models", "retirements", "events", "sources", "lists", "budget"}) {
    EXPECT_TRUE(contains(page, "<section aria-labelledby=\"" + id + "\">"));
    EXPECT_TRUE(contains(page, "<h2 id=\"" + id + "\">"));
  }
  EXPECT_EQ(page.find("<h1"), page.rfind("<h1"));
  EXPECT_FALSE(contains(page, "<h3"));
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
  EXPECT_TRUE(
      contains(page,
               "role=\"alert\"><b>Account gate active: key_rejected.</b> Together rejects the "
               "API key. Nothing is known of any model until it is accepted. <a "));
  EXPECT_FALSE(contains(page, "spend_limited"));
  EXPECT_FALSE(contains(page, "No account gate"));
}

TEST(StatusPage, ShowsListsProbesEventsBudgetAndLinks) {
  const std::string page = render_status_page(sample_view());
  EXPECT_TRUE(
      contains(page, "<th scope=\"row\">serverless</th><td data-label=\"Models\">102</td>"));
  EXPECT_TRUE(contains(page, "<td data-label=\"Ok\">3540</td><td data-label=\"Failed\">12</td>"));
  EXPECT_TRUE(contains(page, "suspect -&gt; removed: model_not_available three times in a row."));
  EXPECT_TRUE(contains(page, "<a href=\"/api/v1/events\">Events (JSON)</a>"));
  EXPECT_TRUE(contains(page, "1 removed</li>"));
}

TEST(StatusPage, ShowsTheNextRetirementOfAModel) {
  StatusView view = sample_view();
  view.models = {view.models[0]};
  const std::string page = render_status_page(view);
  EXPECT_TRUE(contains(page,
                       "<td data-label=\"Retirement\"><time "
                       "datetime=\"2025-12-03\">2025-12-03</time>, in 12 d <a "));
  EXPECT_TRUE(contains(
      page,
      "<div class=\"dim\">inference, says together</div><ul><li>replacement openai/gpt-oss-120b "
      "<span class=\"state available\">available</span></li></ul><div class=\"dim\">nearest that "
      "answers: openai/gpt-oss-120b</div></td>"));
  view.models[0].replacements[0].state = "down";
  EXPECT_TRUE(
      contains(table(render_status_page(view), "Tracked models"),
               "replacement openai/gpt-oss-120b down runbook TogetherReplacementUnavailable"));
}

TEST(StatusPage, ShowsTheLastRetirementWhereNoneIsToCome) {
  StatusView view = sample_view();
  view.models = {view.models[1]};
  EXPECT_TRUE(contains(table(render_status_page(view), "Tracked models"),
                       "2025-11-20 , 1 d ago inference, says together"));
}

TEST(StatusPage, ListsRetirementsToComeThenThoseOverdue) {
  EXPECT_EQ(
      table(render_status_page(sample_view()), "Next retirements"),
      "\nmeta-llama/Llama-3.3-70B-Instruct-Turbo 2025-12-03 , in 12 d runbook "
      "TogetherRetirementScheduled inference together openai/gpt-oss-120b available available \n"
      "meta-llama/Llama-3.3-70B-Instruct-Turbo 2025-12-31 , in 40 d fine-tuning together "
      "available \n"
      "Qwen/Qwen3.5-9B 2025-11-18 , 3 d ago, overdue runbook TogetherRetirementOverdue inference "
      "ours throttled \n");
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
            "\nmeta-llama/Llama-3.3-70B-Instruct-Turbo 2025-11-21 , today runbook "
            "TogetherRetirementScheduled inference together available \n");
}

TEST(StatusPage, LinksToTheCalendar) {
  EXPECT_TRUE(contains(render_status_page(sample_view()),
                       "<a href=\"/api/v1/retirements.ics\">Subscribe to them as a calendar</a>"));
}

TEST(StatusPage, ShowsSourcesAndTheirTrouble) {
  EXPECT_EQ(table(render_status_page(sample_view()), "Sources"),
            "\ntogether up 316 5 2 h ago \n"
            "ours not up runbook TogetherRetirementSourceBroken 2 0 2 d ago retirements.yml:3: "
            "date: is no day \n");
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
  view.models = {
      {hostile,
       hostile,
       {},
       {},
       hostile,
       {{hostile, hostile}},
       {},
       {},
       {{hostile, hostile, hostile, {}, {hostile}}, {"stream", "ok", hostile, {}, {hostile}}}}};
  view.models[0].prices = {{hostile, hostile, 1, StatusView::PriceStep{1, 2, {}}}};
  view.models[0].authority = hostile;
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

StatusView::Model model(const std::string& id, const std::string& state) {
  return {id, state, {}, {}, "", {}, {}, {}, {}};
}

/// The ids in their order, joined.
std::string order(const StatusView& view) {
  std::string ids;
  for (const auto* model : by_attention(view)) ids += model->id;
  return ids;
}

TEST(ByAttention, CountsAnUnheardOfStateAsUnknownAndBreaksTiesById) {
  StatusView view;
  view.models = {model("c", "available"), model("b", "x\"y"), model("a", "unknown"),
                 model("d", "down")};
  EXPECT_EQ(order(view), "dabc");
}

TEST(ByAttention, PutsWhatGivesConcernBeforeWhatIsWell) {
  StatusView view;
  view.now = sample_view().now;
  const Day today = day_of_time(view.now);
  const auto retiring = [&](const std::string& id, int in, const std::string& surface) {
    StatusView::Model one = model(id, "available");
    one.retirements = {{surface, today + std::chrono::days(in), "together", "", {}}};
    return one;
  };
  view.models = {model("a", "available"),          retiring("b", 31, "inference"),
                 retiring("c", 30, "inference"),   retiring("d", 12, "fine_tuning"),
                 retiring("e", -2, "fine_tuning"), retiring("f", -2, "inference"),
                 model("g", "available"),          model("h", "available"),
                 model("i", "throttled"),          model("j", "unknown")};
  view.models[6].fallbacks = {{"x", "removed"}};
  view.models[7].probes = {{"stream", "ok", "", {}, {"json"}}};
  view.models[0].probes = {{"stream", "ok", "", {}, {"known_fields"}}};
  EXPECT_EQ(order(view), "jfdcghiabe");
}

}  // namespace
}  // namespace together
