#include "simulator/patch.h"

#include "tests/unit/simulator/builders.h"

namespace together::simulator {
namespace {

std::string patched(const std::string& operations, const std::string& body, bool streamed = false) {
  Script script;
  script.streamed = streamed;
  script.parts.push_back({Duration{}, body});
  apply_patch(Json::parse(operations), script);
  return body_of(script);
}

std::string fault(const std::string& operations) {
  return fault_of_operations(Json::parse(operations));
}

TEST(Patch, AddsReplacesAndRemoves) {
  EXPECT_EQ(patched(R"([{"op":"add","path":"/c/0/x","value":1},
                        {"op":"replace","path":"/a","value":null},
                        {"op":"remove","path":"/b"}])",
                    R"({"a":1,"b":2,"c":[{}]})"),
            R"({"a":null,"c":[{"x":1}]})");
}
TEST(Patch, AnOperationWithoutItsPathIsLeftOut) {
  EXPECT_EQ(
      patched(R"([{"op":"remove","path":"/no"},{"op":"add","path":"/b","value":2}])", R"({"a":1})"),
      R"({"a":1,"b":2})");
}
TEST(Patch, ATestThatFailsLeavesOutWhatFollows) {
  const std::string operations =
      R"([{"op":"replace","path":"/a","value":0},{"op":"test","path":"/b","value":"x"},)"
      R"({"op":"remove","path":"/b"}])";
  EXPECT_EQ(patched(operations, R"({"a":1,"b":"x"})"), R"({"a":0})");
  EXPECT_EQ(patched(operations, R"({"a":1,"b":"y"})"), R"({"a":0,"b":"y"})");
  EXPECT_EQ(patched(operations, R"({"a":1})"), R"({"a":0})");
}
TEST(Patch, NothingIsAddedToWhatHoldsNothing) {
  for (const char* body : {R"({"a": "text"})", R"({"a": 5})", R"({"a": null})", R"({"b": 1})"}) {
    EXPECT_EQ(patched(R"([{"op":"add","path":"/a/x","value":1}])", body), body);
  }
}
TEST(Patch, AnIndexThatIsNoneIsLeftOut) {
  for (const char* path : {"/7", "/x", "/01", "/-", "/99999999999999999999"}) {
    const std::string operations =
        R"([{"op":"replace","path":")" + std::string(path) + R"(","value":1}])";
    EXPECT_EQ(patched(operations, "[1, 2]"), "[1, 2]") << path;
  }
}
TEST(Patch, ReplacesTheWholeAnswer) {
  EXPECT_EQ(patched(R"([{"op":"replace","path":"","value":[]}])", R"({"a":1})"), "[]");
}
TEST(Patch, WhatIsNoJsonStays) {
  EXPECT_EQ(patched(R"([{"op":"add","path":"/a","value":1}])", "<html>"), "<html>");
}
TEST(Patch, NumbersSurvive) {
  EXPECT_EQ(patched(R"([{"op":"add","path":"/a","value":1}])",
                    R"({"seed":16176952071919858000,"price":1.0399999999999998})"),
            R"({"seed":16176952071919858000,"price":1.0399999999999998,"a":1})");
}
TEST(Patch, ChangesTheChunksThatItFits) {
  EXPECT_EQ(patched(R"([{"op":"replace","path":"/choices/0/x","value":2}])",
                    "data: {\"choices\":[{\"x\":1}]}\n\ndata: {\"choices\": []}\n\n: hi\n\n"
                    "data: [DONE]\n\n",
                    true),
            "data: {\"choices\":[{\"x\":2}]}\n\ndata: {\"choices\": []}\n\n: hi\n\n"
            "data: [DONE]\n\n");
}
TEST(Patch, ACutChunkStays) {
  EXPECT_EQ(patched(R"([{"op":"add","path":"/a","value":1}])", "data: {\"b\":", true),
            "data: {\"b\":");
}

TEST(PatchOperations, GoodOnesHaveNoFault) {
  EXPECT_EQ(fault(R"([{"op":"add","path":"/a~1b/-","value":null}])"), "");
}
TEST(PatchOperations, FaultsAreNamed) {
  EXPECT_EQ(fault("[]"), "must be a list of operations");
  EXPECT_EQ(fault("[1]"), "an operation must be a map of op, path and value");
  EXPECT_EQ(fault(R"([{"op":"move","path":"/a"}])"), "op must be add, remove, replace or test");
  EXPECT_EQ(fault(R"([{"op":"remove","path":"a"}])"),
            "path must be a JSON pointer, as in /choices/0/message");
  EXPECT_EQ(fault(R"([{"op":"add","path":"/a"}])"), "add needs a value");
  EXPECT_EQ(fault(R"([{"op":"remove","path":"/a","value":1}])"), "remove takes no value");
  EXPECT_EQ(fault(R"([{"op":"remove","path":"/a","from":"/b"}])"),
            "an operation has the keys op, path and value only");
  EXPECT_EQ(fault(R"([{"op":"remove","path":""}])"), "the whole answer cannot be removed");
}

}  // namespace
}  // namespace together::simulator
