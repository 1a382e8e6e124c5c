// Mutated answers: their shape hangs on no order and on no value.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "probes/shape/fingerprint.h"
#include "tests/fuzz/fuzz.h"

namespace together {
namespace {

const std::vector<std::string_view> kWords{"null",
                                           "true",
                                           "1",
                                           "-1.5e9",
                                           "\"x\"",
                                           "{}",
                                           "[]",
                                           ",",
                                           "{",
                                           "}",
                                           "[",
                                           "]",
                                           "\"a\":",
                                           "\"content\":\"x\",",
                                           "\"",
                                           "[1,2]",
                                           "\"b\":null,",
                                           "\"\":0,",
                                           "\"a.b\":",
                                           "\"\xC3\xA9\":",
                                           "16176952071919858000"};

const std::vector<std::string> kCorpus{
    R"({"id":"o1","choices":[{"index":0,"message":{"role":"assistant","content":"Hi",)"
    R"("tool_calls":[]},"logprobs":null,"seed":16176952071919858000}],"usage":null})",
    R"([{"id":"a","pricing":{"input":1}},{"id":"b","pricing":{"input":0.5,"image":{}}}])",
    R"({"choices":[{"delta":{"content":null}},{"delta":{"content":"x"}}],"warnings":[]})",
    R"({"error":{"message":"no","type":null,"param":null,"code":"x"}})", R"("text")"};

std::vector<ShapePath> paths_of(const Json& document) {
  ShapeReader reader;
  reader.add(document);
  return reader.paths();
}

/// Another value of the same type.
std::string other_scalar(const Json& value, Mutator& mutator) {
  if (value.is_string()) return mutator.one_in(2) ? R"("")" : R"("other")";
  if (value.is_boolean()) return mutator.one_in(2) ? "true" : "false";
  if (value.is_number()) return mutator.one_in(2) ? "7" : "0.25";
  return "null";
}

/// Writes the same shape: keys and items begin somewhere else, and values are others.
void write_like(const Json& value, Mutator& mutator, std::string& text) {
  if (value.is_array()) {
    const std::size_t first = mutator.below(value.size());
    text += '[';
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (i > 0) text += ',';
      write_like(value[(first + i) % value.size()], mutator, text);
    }
    text += ']';
  } else if (value.is_object()) {
    std::vector<Json::const_iterator> members;
    for (auto item = value.begin(); item != value.end(); ++item) members.push_back(item);
    for (std::size_t left = members.size(); left > 1; --left) {
      std::swap(members[left - 1], members[mutator.below(left)]);
    }
    text += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) text += ',';
      text += Json(members[i].key()).dump() + ':';
      write_like(members[i].value(), mutator, text);
    }
    text += '}';
  } else {
    text += other_scalar(value, mutator);
  }
}

void expect_well_formed(const std::vector<ShapePath>& paths) {
  EXPECT_FALSE(paths.empty());
  EXPECT_TRUE(std::adjacent_find(paths.begin(), paths.end(),
                                 [](const auto& a, const auto& b) {
                                   return std::pair(a.path, a.type) >= std::pair(b.path, b.type);
                                 }) == paths.end())
      << "paths are sorted, each once";
  EXPECT_EQ(fingerprint_of(paths).size(), 16u);
}

/// A map, as more keys than an object has make one.
std::string map_of(std::size_t keys) {
  std::string text = "{";
  for (std::size_t i = 0; i < keys; ++i) {
    text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":{\"a\":[1]}";
  }
  return text + "}";
}

TEST(FingerprintFuzz, MutatedAnswers) {
  Mutator mutator(kWords);
  long long read = 0;
  std::string like;
  Runs runs;
  while (runs.next()) {
    std::string text =
        mutator.one_in(4096) ? map_of(60 + mutator.below(10)) : mutator.one_of(kCorpus);
    mutator.mutate(text, mutator.one_of(kCorpus));
    const auto document = parse_json(text);
    if (!document) continue;
    ++read;
    const auto paths = paths_of(*document);
    expect_well_formed(paths);
    like.clear();
    write_like(*document, mutator, like);
    const auto again = parse_json(like);
    EXPECT_TRUE(again && fingerprint_of(paths_of(*again)) == fingerprint_of(paths)) << like;
    if (HasFailure()) FAIL() << "run " << runs.count() << ": " << testing::PrintToString(text);
  }
  EXPECT_GT(read, runs.count() / 10) << "many mutations must leave something to read";
}

}  // namespace
}  // namespace together
