#include "exporter/yaml/words.h"

#include <gtest/gtest.h>

#include <vector>

namespace together {
namespace {

const std::vector<std::string> kKnown{"enabled", "interval", "timeout"};

TEST(UnknownWord, GuessesWhatWasMeant) {
  EXPECT_EQ(unknown_word("key", "intervall", kKnown),
            "unknown key \"intervall\"; did you mean \"interval\"?");
  EXPECT_EQ(unknown_word("key", "Timeout", kKnown),
            "unknown key \"Timeout\"; did you mean \"timeout\"?");
  EXPECT_EQ(unknown_word("key", "enable", kKnown),
            "unknown key \"enable\"; did you mean \"enabled\"?");
}

TEST(UnknownWord, DoesNotGuessWildly) {
  EXPECT_EQ(unknown_word("key", "color", kKnown),
            "unknown key \"color\"; known here: enabled, interval, timeout");
  EXPECT_EQ(unknown_word("key", "", kKnown),
            "unknown key \"\"; known here: enabled, interval, timeout");
}

TEST(InQuotes, CutsLongTextsAndLineBreaks) {
  EXPECT_EQ(in_quotes("a\nb"), "\"a b\"");
  EXPECT_EQ(in_quotes(std::string(200, 'x')), "\"" + std::string(80, 'x') + "...\"");
}

TEST(FaultOfModelId, AcceptsWhatTogetherUses) {
  for (const char* id : {"meta-llama/Llama-3.3-70B-Instruct-Turbo", "a", "my team/endpoint-1f2e",
                         "Qwen/模型", "a\"b\\c<script>"}) {
    EXPECT_EQ(fault_of_model_id(id), "") << id;
  }
  EXPECT_EQ(fault_of_model_id(std::string(256, 'x')), "");
}

TEST(FaultOfModelId, RefusesWhatNoIdCanBe) {
  EXPECT_NE(fault_of_model_id(""), "");
  EXPECT_NE(fault_of_model_id(std::string(257, 'x')), "");
  EXPECT_NE(fault_of_model_id("a\x01"), "");
  EXPECT_NE(fault_of_model_id("a\x7F"), "");
  EXPECT_NE(fault_of_model_id("a\xC3"), "");
  EXPECT_NE(fault_of_model_id("\xED\xA0\x80"), "");
  EXPECT_NE(fault_of_model_id("a "), "");
}

}  // namespace
}  // namespace together
