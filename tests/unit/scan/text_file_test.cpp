// Files of a source tree: text, binary, unreadable.
#include "exporter/scan/text_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "tests/unit/scan/temp_tree.h"

namespace together {
namespace {

using namespace std::string_literals;

class TextFile : public testing::Test {
 protected:
  std::optional<std::string> read(const std::string& bytes) {
    tree_.write("f", bytes);
    const auto text = read_text(tree_.path("f"));
    EXPECT_TRUE(text) << (text ? "" : text.error().message);
    return text ? *text : std::nullopt;
  }
  std::string fault(const std::string& path) {
    const auto text = read_text(path);
    return text ? "none" : text.error().message;
  }
  TempTree tree_;
};

TEST_F(TextFile, TextStaysAsItIs) {
  EXPECT_EQ(read("a\r\nb\xFF"), "a\r\nb\xFF");
  EXPECT_EQ(read(""), "");
}

TEST_F(TextFile, ANulInTheFirst8000BytesIsBinary) {
  EXPECT_EQ(read(std::string(7999, 'a') + "\0"s), std::nullopt);
  EXPECT_EQ(read(std::string(8000, 'a') + "\0"s), std::string(8000, 'a') + "\0"s);
}

TEST_F(TextFile, ByteOrderMarksAreTakenOff) {
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "a"),
            "a");
}

TEST_F(TextFile, Utf16IsConverted) {
  EXPECT_EQ(read("\xFF\xFE"
                 "a\0\xE9\0\x2D\x4E"s),
            "a\xC3\xA9\xE4\xB8\xAD");
  EXPECT_EQ(read("\xFE\xFF"
                 "\0a"s),
            "a");
}

TEST_F(TextFile, Utf16HasPairsAndBrokenOnes) {
  EXPECT_EQ(read("\xFF\xFE"
                 "\x3D\xD8\x00\xDE"s),
            "\xF0\x9F\x98\x80");
  EXPECT_EQ(read("\xFF\xFE"
                 "\x3D\xD8"
                 "a\0"s),
            "\xEF\xBF\xBD"
            "a");
  EXPECT_EQ(read("\xFF\xFE"
                 "a\0b"s),
            "a\xEF\xBF\xBD");
}

TEST_F(TextFile, Utf32IsBinary) { EXPECT_EQ(read("\xFF\xFE\0\0a\0\0\0"s), std::nullopt); }

TEST_F(TextFile, ATextOfMoreThan64MiBIsRefused) {
  tree_.write("f", std::string(8000, 'a'));
  std::filesystem::resize_file(tree_.path("f"), kMaxScannedBytes + 1);
  EXPECT_EQ(fault(tree_.path("f")), "it is larger than 64 MiB and was not read");
}

TEST_F(TextFile, ABinaryOfMoreThan64MiBIsJustBinary) {
  tree_.write("f", "");
  std::filesystem::resize_file(tree_.path("f"), kMaxScannedBytes + 1);
  const auto text = read_text(tree_.path("f"));
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, std::nullopt);
}

TEST_F(TextFile, WhatIsNoFileIsAFault) {
  EXPECT_EQ(fault(tree_.path("none")), "No such file or directory");
  EXPECT_EQ(fault(tree_.path("")), "it is a directory");
}

TEST_F(TextFile, APipeDoesNotHoldItUp) {
  ASSERT_EQ(mkfifo(tree_.path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(fault(tree_.path("pipe")), "it is no regular file");
}

TEST_F(TextFile, AFileThatFailsWhileItIsReadIsAFault) {
  if (!std::filesystem::exists("/proc/self/mem")) GTEST_SKIP() << "no /proc here";
  EXPECT_EQ(fault("/proc/self/mem"), "Input/output error");
}

}  // namespace
}  // namespace together
