// Mutated arguments of tool calls: every text gets a verdict, and the verdict is the schema's.
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "exporter/core/text.h"
#include "probes/json/read.h"
#include "probes/tools/arguments.h"
#include "tests/fuzz/fuzz.h"

namespace together {
namespace {

const std::vector<std::string_view> kWords{"\"degrees\":",
                                           "\"unit\":",
                                           "\"celsius\"",
                                           "\"fahrenheit\"",
                                           "\"kelvin\"",
                                           "21",
                                           "21.0",
                                           "21.5",
                                           "-1",
                                           "1e400",
                                           "18446744073709551616",
                                           "\"21\"",
                                           "null",
                                           "true",
                                           "{}",
                                           "[]",
                                           ",",
                                           "{",
                                           "}",
                                           "\"",
                                           "\\",
                                           "```json\n",
                                           "```",
                                           "<|tool|>",
                                           "\"extra\":1,",
                                           "\xC3\xA9",
                                           "\xFF",
                                           "\n"};

const std::vector<std::string> kCorpus{R"({"degrees":21,"unit":"celsius"})",
                                       R"({ "unit": "fahrenheit", "degrees": -40 })",
                                       R"({"degrees":21.0,"unit":"celsius"})",
                                       R"({"degrees":"21","unit":"celsius"})",
                                       R"({"degrees":21,"unit":"celsius","extra":[1,{"a":null}]})",
                                       "```json\n{\"degrees\":21,\"unit\":\"celsius\"}\n```",
                                       R"({"degrees":21})",
                                       "null"};

/// What the schema asks for, said without the probe's own code.
bool fits(std::string_view text) {
  const auto json = parse_json(text);
  if (!json || !json->is_object() || json->size() != 2) return false;
  if (!json->contains("degrees") || !json->contains("unit")) return false;
  const Json& degrees = json->at("degrees");
  const Json& unit = json->at("unit");
  return degrees.is_number() && std::fmod(degrees.get<double>(), 1) == 0 &&
         (unit == "celsius" || unit == "fahrenheit");
}

void expect_verdict(const std::string& text, const std::optional<std::string>& fault) {
  const auto object = object_fault(text);
  EXPECT_EQ(!fault, fits(text)) << fault.value_or("no fault");
  if (object) {
    EXPECT_EQ(fault, object);
  }
  if (!fault) return;
  EXPECT_FALSE(fault->empty());
  EXPECT_EQ(one_line(*fault, 120), *fault) << "one printable line";
}

TEST(ArgumentsFuzz, MutatedArguments) {
  Mutator mutator(kWords);
  long long fitting = 0;
  Runs runs;
  while (runs.next()) {
    std::string text = mutator.one_of(kCorpus);
    mutator.mutate(text, mutator.one_of(kCorpus));
    const auto fault = arguments_fault(text);
    expect_verdict(text, fault);
    if (mutator.one_in(8)) {  // blanks behind it are no part of it
      EXPECT_EQ(arguments_fault(text + " \n\t"), fault);
    }
    if (!fault) ++fitting;
    if (HasFailure()) FAIL() << "run " << runs.count() << ": " << testing::PrintToString(text);
  }
  EXPECT_GT(fitting, runs.count() / 100) << "some mutations must leave what fits";
}

}  // namespace
}  // namespace together
