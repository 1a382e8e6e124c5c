#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "probes/image/complaint.h"
#include "probes/json/read.h"
#include "tests/unit/probes/exchanges.h"
#include "tests/unit/probes/recordings.h"
#include "tests/unit/probes/surfaces.h"

namespace together {
namespace {

constexpr const char* kRefusal =
    R"({"id":"oP-PDX","error":{"message":"Invalid value for 'width' parameter. Image width must be an integer value between 512 and 2048, in multiples of '16'.",
        "type":"invalid_request_error","param":null,"code":null}})";
constexpr const char* kPicture =
    R"({"id":"o1-SEA","model":"a/b","object":"list","data":[
        {"index":0,"url":"https://example.com/1.png","timings":{"inference":0.4}}]})";

std::unique_ptr<Probe> image_probe(bool paid) {
  const ProbeType& type = probe_type("image");
  Settings settings(type.info.settings);
  settings.set("paid", paid);
  return type.make({settings, {}});
}
Observation judge(const Exchange& exchange) {
  return image_probe(false)->judge(model_target("a/b"), exchange, "image");
}
Observation judge_bought(const Exchange& exchange) {
  return image_probe(true)->judge(model_target("a/b"), exchange, "image");
}

std::string refusal(const std::string& message) {
  return R"({"error":{"message":")" + message + R"(","param":null,"code":null}})";
}

TEST(Image, AsksForWhatNoModelDraws) {
  const Request request = image_probe(false)->request(model_target("a/b"));
  EXPECT_EQ(request.method, Method::kPost);
  EXPECT_EQ(request.path, "/images/generations");
  EXPECT_EQ(request.body,
            R"({"model":"a/b","prompt":"A red circle.","width":17,"height":512,"n":1})");
}

TEST(Image, BuysASmallPictureWhereItIsPaidFor) {
  const Request request = image_probe(true)->request(model_target("a/b"));
  EXPECT_EQ(request.body,
            R"({"model":"a/b","prompt":"A red circle.","width":512,"height":512,"n":1,"steps":1})");
}

TEST(Image, IsFreeUnlessItIsPaidFor) {
  EXPECT_FALSE(probe_type("image").info.paid);
  EXPECT_FALSE(image_probe(false)->info().paid);
  EXPECT_EQ(image_probe(false)->most_billed(model_target("a/b")).images, 1)
      << "should the refusal fail to come";
  EXPECT_TRUE(image_probe(true)->info().paid);
  EXPECT_EQ(image_probe(true)->most_billed(model_target("a/b")).images, 1);
}

TEST(Image, IsTheAuthorityOnItsModels) {
  const ProbeInfo& info = probe_type("image").info;
  EXPECT_TRUE(info.enabled);
  EXPECT_TRUE(info.authority);
  EXPECT_TRUE(info.for_fallbacks);
  EXPECT_EQ(info.modalities, (std::vector<Modality>{Modality::kImage}));
  EXPECT_EQ(info.interval, std::chrono::minutes(15));
}

TEST(Image, TakesTheRefusalOfTheWidthForServed) {
  const Observation seen = judge(answer(400, kRefusal));
  EXPECT_EQ(to_string(seen.outcome), "ok");
  EXPECT_EQ(seen.detail, "there: refused for its width, nothing was drawn");
  EXPECT_EQ(rules_of(seen), "width");
  EXPECT_EQ(facts_of(seen).look, Look::kServed);
  EXPECT_TRUE(facts_of(seen).authority);
  EXPECT_FALSE(facts_of(seen).generated);
  EXPECT_FALSE(seen.usage);
  ASSERT_EQ(seen.readings.size(), 2u);
  EXPECT_EQ(seen.readings[0].labels, (std::vector<std::string>{"image", "a/b", "width"}));
  EXPECT_EQ(seen.readings[0].value, 1);
}

TEST(Image, SeesParametersChange) {
  for (const char* message :
       {"Unknown parameter; use 'aspect_ratio'", "Unknown parameter: 'width'",
        "Unrecognized key(s) in object: 'width', 'height'", "Input validation error"}) {
    const Observation seen = judge(answer(400, refusal(message)));
    EXPECT_EQ(to_string(seen.outcome), "caller_error") << message;
    EXPECT_EQ(rules_of(seen), "-width") << message;
    EXPECT_EQ(facts_of(seen).look, Look::kNothing) << message;
    EXPECT_FALSE(facts_of(seen).generated) << message;
    EXPECT_EQ(seen.detail, "refused, but not for its width: HTTP 400: " + std::string(message));
  }
}

TEST(Image, OwnsUpToAPictureThatMayBeBilled) {
  const Observation seen = judge(answer(200, kPicture));
  EXPECT_EQ(to_string(seen.outcome), "bad_response");
  EXPECT_EQ(rules_of(seen), "-width");
  EXPECT_EQ(seen.detail, "a width of 17 was taken, and the picture may have been billed");
  EXPECT_EQ(facts_of(seen).look, Look::kServed);
}

TEST(Image, LetsTheApiSayWhyNot) {
  const auto look = [](const Exchange& exchange) {
    const Observation seen = judge(exchange);
    EXPECT_TRUE(seen.rules.empty());
    EXPECT_TRUE(facts_of(seen).authority);
    return facts_of(seen).look;
  };
  const char* gone =
      R"({"error":{"message":"Unable to access model.","code":"model_not_available"}})";
  EXPECT_EQ(look(answer(404, gone)), Look::kNotFound);
  EXPECT_EQ(look(answer(400, gone)), Look::kNonServerless);
  EXPECT_EQ(look(answer(403, R"({"error":{"code":"third_party_data_sharing_blocked"}})")),
            Look::kBlocked);
  EXPECT_EQ(look(answer(401, "")), Look::kNothing);
  EXPECT_EQ(look(answer(429, "")), Look::kThrottled);
  EXPECT_EQ(look(answer(500, "")), Look::kFailing);
  EXPECT_EQ(look(answer(200, "<html>")), Look::kFailing);
  EXPECT_EQ(look(no_answer(TransportError::kTimeout)), Look::kFailing);
}

TEST(Image, LearnsNothingFromARefusalThatIsNoAnswer) {
  for (const char* body : {"", "<html>", "error code: 1010", "{}", R"({"error":null})", "\xFF"}) {
    const Observation seen = judge(answer(400, body));
    EXPECT_EQ(to_string(seen.outcome), "caller_error") << body;
    EXPECT_TRUE(seen.rules.empty()) << body;
    EXPECT_EQ(facts_of(seen).look, Look::kNothing) << body;
  }
  EXPECT_TRUE(judge(answer(403, kRefusal)).rules.empty());
}

TEST(Image, JudgesTheBoughtPicture) {
  const Observation seen = judge_bought(answer(200, kPicture));
  EXPECT_EQ(to_string(seen.outcome), "ok");
  EXPECT_EQ(rules_of(seen), "object data id");
  EXPECT_EQ(facts_of(seen).look, Look::kServed);
  EXPECT_TRUE(facts_of(seen).generated);
  EXPECT_FALSE(seen.usage);
  EXPECT_TRUE(seen.remarks.empty());
  const Observation inlined =
      judge_bought(answer(200, R"({"id":"o","object":"list","data":[{"b64_json":"AA=="}]})"));
  EXPECT_EQ(to_string(inlined.outcome), "ok");
}

TEST(Image, JudgesTheBoughtPictureRuleByRule) {
  const auto rules = [](const char* body) { return rules_of(judge_bought(answer(200, body))); };
  EXPECT_EQ(rules(R"({"object":"list","data":[{"url":"u"}]})"), "object data -id");
  EXPECT_EQ(rules(R"({"id":"o","data":[{"url":"u"}]})"), "-object data id");
  EXPECT_EQ(rules(R"({"id":"o","object":"list","data":[]})"), "object -data id");
  EXPECT_EQ(rules(R"({"id":"o","object":"list","data":[{"url":""}]})"), "object -data id");
  EXPECT_EQ(rules(R"({"id":"o","object":"list","data":[{"url":"u"},{"url":"v"}]})"),
            "object -data id");
  EXPECT_EQ(facts_of(judge_bought(answer(200, "{}"))).look, Look::kFailing);
  EXPECT_EQ(facts_of(judge_bought(answer(200, R"({"data":[{"url":"u"}]})"))).look, Look::kServed);
}

TEST(Image, RemarksOnNewFieldsOfABoughtPicture) {
  const Observation seen = judge_bought(
      answer(200, R"({"id":"o","object":"list","cost":1,"data":[{"url":"u","nsfw":false}]})"));
  ASSERT_EQ(seen.remarks.size(), 2u);
  EXPECT_EQ(seen.remarks[0].text, "cost");
  EXPECT_EQ(seen.remarks[1].text, "data[].nsfw");
}

TEST(Image, SaysThatTheBoughtSizeIsWrong) {
  const Observation seen = judge_bought(answer(400, refusal("Image width must be at least 1024")));
  EXPECT_EQ(to_string(seen.outcome), "caller_error");
  EXPECT_EQ(seen.detail, "HTTP 400: Image width must be at least 1024; configure another size");
  EXPECT_EQ(facts_of(seen).look, Look::kServed);
  EXPECT_FALSE(facts_of(seen).generated);
  const Observation steps = judge_bought(answer(400, refusal("steps must be at least 4")));
  EXPECT_EQ(to_string(steps.outcome), "caller_error");
  EXPECT_EQ(facts_of(steps).look, Look::kNothing);
}

using RecordedImages = Recorded;

TEST_F(RecordedImages, AreRefusedAsExpected) {
  const auto recorded = parse_json(read_recording("errors.json"));
  ASSERT_TRUE(recorded);
  std::string outcomes;
  for (const Json& error : recorded->at("errors")) {
    const Json& request = error.at("request");
    if (!request.is_object() || !request.contains("url")) continue;
    if (!request.at("url").get<std::string>().ends_with("/images/generations")) continue;
    const int status = error.at("status").get<int>();
    const Observation seen = judge(answer(status, error.at("body_json").dump()));
    outcomes += std::to_string(status) + " " + std::string(to_string(seen.outcome)) + " ";
    EXPECT_EQ(facts_of(seen).look == Look::kServed, status == 400);
  }
  EXPECT_EQ(outcomes, "401 unauthorized 404 not_found 400 ok 401 unauthorized 500 upstream_error ");
}

TEST(ImageComplaint, IsReadFromMessageOrParameter) {
  EXPECT_EQ(read_complaint(kRefusal), Complaint::kWidth);
  EXPECT_EQ(read_complaint(R"({"error":{"message":"Invalid value","param":"width"}})"),
            Complaint::kWidth);
  EXPECT_EQ(read_complaint(R"({"error":"Width is too small"})"), Complaint::kWidth);
  EXPECT_EQ(
      read_complaint(R"({"error":{"message":"bad","param":"width","code":"unknown_parameter"}})"),
      Complaint::kOther);
  EXPECT_EQ(read_complaint(R"({"error":{"message":"height is too small"}})"), Complaint::kOther);
  EXPECT_EQ(read_complaint("no JSON"), Complaint::kNone);
}

}  // namespace
}  // namespace together
