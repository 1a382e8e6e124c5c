#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/retirements_pages.h"

namespace together {
namespace {

RetirementSource source(const std::string& name, const std::string& kind, const std::string& url,
                        const std::string& file = "") {
  RetirementSource made;
  made.name = name;
  made.kind = kind;
  made.url = url;
  made.file = file;
  return made;
}

std::vector<RetirementSource> sources() {
  auto prices = source("prices", "litellm_prices", "https://docs.example.com/prices.json");
  prices.interval = std::chrono::hours(24);
  auto chinese = source("chinese", "markdown_table", "", "/etc/databricks.md");
  chinese.columns = {{"model", "模型"}, {"date", "停用日期"}, {"replacement", "推荐的替换模型"}};
  return {source("page", "together_page", "https://docs.example.com/deprecations.md"), prices,
          chinese, source("own", "yaml", "", "/etc/own.yml")};
}

std::unique_ptr<Probe> probe() { return probe_type("retirements").make({{}, sources()}); }

Observation judge(const std::string& part, const Exchange& exchange, Validators known = {}) {
  Target target = list_target(part);
  target.known = std::move(known);
  return probe()->judge(target, exchange, "retirements");
}

std::string verdict(const Observation& seen) {
  return std::string(to_string(seen.outcome)) + ": " + seen.detail;
}

const RetirementFacts& facts_of(const Observation& seen) {
  return std::get<RetirementFacts>(seen.facts);
}

TEST(Retirements, LookAtEachSourceInItsOwnInterval) {
  const auto made = probe();
  const auto& parts = made->info().parts;
  ASSERT_EQ(parts.size(), 4u);
  EXPECT_EQ(parts[0].name, "page");
  EXPECT_EQ(parts[0].interval, std::chrono::hours(6));
  EXPECT_EQ(parts[1].name, "prices");
  EXPECT_EQ(parts[1].interval, std::chrono::hours(24));
}

TEST(Retirements, AreFreeAndAskOthers) {
  const ProbeInfo& info = probe_type("retirements").info;
  EXPECT_EQ(info.scope, Scope::kAccount);
  EXPECT_TRUE(info.foreign);
  EXPECT_FALSE(info.paid);
  EXPECT_TRUE(info.parts.empty());
  EXPECT_EQ(info.interval, std::chrono::hours(6));
  EXPECT_EQ(info.timeout, std::chrono::seconds(30));
}

TEST(Retirements, AskTheUrlWithoutACredential) {
  const Request request = probe()->request(list_target("page"));
  EXPECT_EQ(request.url, "https://docs.example.com/deprecations.md");
  EXPECT_EQ(request.file, "");
  EXPECT_EQ(request.credential, Credential::kNone);
  EXPECT_EQ(request.max_body_bytes, 4u << 20);
  EXPECT_EQ(request.headers,
            (std::vector<Header>{{"accept", "text/markdown, text/plain;q=0.9, */*;q=0.1"}}));
}

TEST(Retirements, ReadTheFileWithoutHeaders) {
  Target target = list_target("own");
  target.known = {"\"1\"", ""};
  const Request request = probe()->request(target);
  EXPECT_EQ(request.file, "/etc/own.yml");
  EXPECT_EQ(request.url, "");
  EXPECT_EQ(request.credential, Credential::kNone);
  EXPECT_TRUE(request.headers.empty());
}

TEST(Retirements, AskForChangesOnly) {
  Target target = list_target("page");
  target.known = {"W/\"17\"", "Wed, 21 Oct 2026 07:28:00 GMT"};
  const auto headers = probe()->request(target).headers;
  ASSERT_EQ(headers.size(), 3u);
  EXPECT_EQ(headers[1], (Header{"if-none-match", "W/\"17\""}));
  EXPECT_EQ(headers[2], (Header{"if-modified-since", "Wed, 21 Oct 2026 07:28:00 GMT"}));
}

TEST(Retirements, TellRowsAndRedirects) {
  const Observation seen = judge("page", answer(200, kPageOfAugust2026));
  EXPECT_EQ(verdict(seen), "ok: 4 inference rows, 2 fine-tuning rows, 1 redirect");
  EXPECT_FALSE(facts_of(seen).unchanged);
  EXPECT_EQ(facts_of(seen).rows.size(), 6u);
  EXPECT_EQ(facts_of(seen).redirects.size(), 1u);
}

TEST(Retirements, ReadEachKindWithItsParser) {
  EXPECT_EQ(verdict(judge("prices", answer(200, kPriceMap))),
            "ok: 3 inference rows, 0 fine-tuning rows, 0 redirects");
  EXPECT_EQ(verdict(judge("chinese", answer(200, kFamiliesAndModelsInChinese))),
            "ok: 2 inference rows, 1 fine-tuning row, 0 redirects");
  EXPECT_EQ(verdict(judge("own", answer(200, kOwnList))),
            "ok: 1 inference row, 1 fine-tuning row, 0 redirects");
}

TEST(Retirements, TellWhatWasNotUnderstood) {
  const Observation seen =
      judge("page", answer(200,
                           "## Deprecation history\n| Removal date | Model |\n| - | - |\n"
                           "| 2026-01-01 | a/a |\n| 2026-03-01 | a b |\n| TBD | a/c |\n"));
  EXPECT_EQ(verdict(seen),
            "ok: 2 inference rows, 0 fine-tuning rows, 0 redirects, 1 unreadable row");
  ASSERT_EQ(seen.rules.size(), 2u);
  EXPECT_EQ(seen.rules[0].name, "rows_readable");
  EXPECT_FALSE(seen.rules[0].ok);
  EXPECT_EQ(seen.rules[0].detail, "2 rows read, 1 not");
  EXPECT_EQ(seen.rules[1].name, "dates_readable");
  EXPECT_FALSE(seen.rules[1].ok);
  EXPECT_EQ(seen.rules[1].detail, "1 row without a readable date; 2026-01-01 to 2026-01-01");
}

TEST(Retirements, TellTheSpanOfTheDates) {
  const Observation seen = judge("page", answer(200, kPageOfAugust2026));
  ASSERT_EQ(seen.rules.size(), 2u);
  EXPECT_TRUE(seen.rules[0].ok);
  EXPECT_TRUE(seen.rules[1].ok);
  EXPECT_EQ(seen.rules[1].detail, "2025-07-25 to 2026-08-21");
}

TEST(Retirements, KeepTheValidators) {
  const Observation seen = judge(
      "page", answer(200, kPageOfAugust2026,
                     {{"etag", "W/\"17\""}, {"last-modified", "Wed, 21 Oct 2026 07:28:00 GMT"}}));
  EXPECT_EQ(facts_of(seen).validators, (Validators{"W/\"17\"", "Wed, 21 Oct 2026 07:28:00 GMT"}));
}

TEST(Retirements, KeepNoValidatorThatFitsNoHeader) {
  const auto etag = [](std::string value) {
    return facts_of(judge("page", answer(200, kPageOfAugust2026, {{"etag", std::move(value)}})))
        .validators.etag;
  };
  EXPECT_EQ(etag(std::string(1023, 'a')).size(), 1023u);
  EXPECT_EQ(etag(std::string(1024, 'a')), "");
  EXPECT_EQ(etag("a\r\nx: y"), "");
  EXPECT_EQ(etag("\"\xFF\""), "");
}

TEST(Retirements, TakeNotModifiedForTheAnswerToTheirQuestion) {
  const Observation seen = judge("page", answer(304, ""), {"\"1\"", ""});
  EXPECT_EQ(verdict(seen), "ok: unchanged");
  EXPECT_TRUE(facts_of(seen).unchanged);
}

TEST(Retirements, RefuseNotModifiedThatNobodyAskedFor) {
  EXPECT_EQ(verdict(judge("page", answer(304, ""))),
            "bad_response: HTTP 304: unchanged, but nobody asked for changes only");
}

TEST(Retirements, NameWhereAPageWentTo) {
  EXPECT_EQ(verdict(judge("page", answer(308, "", {{"location", "https://docs.example.com/new"}}))),
            "bad_response: HTTP 308: the source has moved to https://docs.example.com/new; write "
            "the new URL");
  EXPECT_EQ(verdict(judge("page", answer(301, ""))),
            "bad_response: HTTP 301: the source has moved; write the new URL");
}

TEST(Retirements, NeverTakeAMissingPageForAMissingModel) {
  const Observation seen =
      judge("page", answer(404, R"({"error":{"code":"model_not_available","message":"x"}})"));
  EXPECT_EQ(verdict(seen), "caller_error: HTTP 404");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(seen.facts));
}

TEST(Retirements, JudgeOtherAnswers) {
  EXPECT_EQ(verdict(judge("page", answer(403, ""))), "caller_error: HTTP 403");
  EXPECT_EQ(verdict(judge("page", answer(429, ""))), "caller_error: HTTP 429");
  EXPECT_EQ(verdict(judge("page", answer(500, ""))), "upstream_error: HTTP 500");
  EXPECT_EQ(verdict(judge("page", answer(204, ""))), "bad_response: HTTP 204");
}

TEST(Retirements, JudgeMissingAnswers) {
  const auto outcome = [](TransportError error) {
    return std::string(to_string(judge("page", no_answer(error)).outcome));
  };
  EXPECT_EQ(outcome(TransportError::kDns), "dns_failed");
  EXPECT_EQ(outcome(TransportError::kConnect), "connect_failed");
  EXPECT_EQ(outcome(TransportError::kTls), "tls_failed");
  EXPECT_EQ(outcome(TransportError::kTimeout), "timeout");
  EXPECT_EQ(outcome(TransportError::kCutShort), "truncated");
  EXPECT_EQ(outcome(TransportError::kTooLarge), "bad_response");
  EXPECT_EQ(outcome(TransportError::kProtocol), "bad_response");
  EXPECT_EQ(outcome(TransportError::kCancelled), "internal");
  EXPECT_EQ(judge("page", no_answer(TransportError::kDns)).detail, "as the network says");
}

TEST(Retirements, HaveLimitsOfSize) {
  EXPECT_EQ(probe()->request(list_target("prices")).max_body_bytes, 4'194'304u);
  EXPECT_EQ(probe()->request(list_target("own")).max_body_bytes, 262'144u);
  EXPECT_EQ(judge("page", no_answer(TransportError::kTooLarge)).detail,
            "the source is larger than 4194304 bytes");
  EXPECT_EQ(judge("own", no_answer(TransportError::kTooLarge)).detail,
            "the source is larger than 262144 bytes");
}

TEST(Retirements, NeverBelieveACutAnswer) {
  Exchange cut = answer(200, kPageOfAugust2026);
  cut.error = TransportError::kCutShort;
  EXPECT_TRUE(std::holds_alternative<std::monostate>(judge("page", cut).facts));
}

TEST(Retirements, PassOnWhyAPageCannotBeRead) {
  EXPECT_EQ(verdict(judge("page", answer(200, "# Deprecations\n"))),
            "bad_response: no inference rows: the page has 0 tables, and in them 0 rows that "
            "cannot be read");
  EXPECT_EQ(verdict(judge("own", answer(200, "- {model: a/b, date: soon}\n"))),
            "bad_response: /etc/own.yml:1: [0].date: \"soon\" is no date; write it as 2026-12-31");
}

TEST(Retirements, SayThatTheUrlLeadsToHtml) {
  EXPECT_EQ(verdict(judge("page", answer(200, "<!doctype html><html></html>"))),
            "bad_response: the source is a page of HTML; write the address of its Markdown");
}

TEST(Retirements, ReadMarkdownThatBeginsWithATag) {
  EXPECT_EQ(
      verdict(judge("page", answer(200, std::string("<Tip>x</Tip>\n\n") + kPageOfAugust2026))),
      "ok: 4 inference rows, 2 fine-tuning rows, 1 redirect");
}

}  // namespace
}  // namespace together
