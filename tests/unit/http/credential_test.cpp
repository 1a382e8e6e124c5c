// The API key: read, kept and renewed.
#include "exporter/http/credential.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <type_traits>
#include <vector>

#include "tests/unit/http/temp_folder.h"

namespace together {
namespace {

static_assert(!std::is_copy_constructible_v<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<std::string, Secret>);

/// Sets a variable for one test.
class ScopedEnv {
 public:
  ScopedEnv(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  ~ScopedEnv() { ::unsetenv(name_); }

 private:
  const char* name_;
};

TEST(Secret, IsEmptyAfterItMoved) {
  Secret from("short");
  const Secret to = std::move(from);
  EXPECT_EQ(to.reveal(), "short");
  // NOLINTNEXTLINE(bugprone-use-after-move,clang-analyzer-cplusplus.Move): it is the promise
  EXPECT_EQ(from.reveal(), "");
}

TEST(ReadKey, TakesTheEnvironmentVariable) {
  const ScopedEnv env("TE_TEST_KEY", "abc123");
  EXPECT_EQ(read_key("", "TE_TEST_KEY")->reveal(), "abc123");
}

TEST(ReadKey, SaysThatTheVariableIsNotSet) {
  EXPECT_EQ(read_key("", "TE_TEST_NO_KEY").error().message,
            "the environment variable TE_TEST_NO_KEY is not set");
}

TEST(ReadKey, SaysThatTheVariableIsEmpty) {
  const ScopedEnv env("TE_TEST_KEY", "");
  EXPECT_EQ(read_key("", "TE_TEST_KEY").error().message,
            "the environment variable TE_TEST_KEY is empty");
}

TEST(ReadKey, PrefersTheFileAndTrimsItsEnd) {
  const ScopedEnv env("TE_TEST_KEY", "other");
  const TempFolder folder;
  EXPECT_EQ(read_key(folder.write("key", "abc123 \r\n\n"), "TE_TEST_KEY")->reveal(), "abc123");
}

TEST(ReadKey, SaysThatTheFileIsMissing) {
  EXPECT_EQ(read_key("/nonexistent/key", "").error().message,
            "the key file /nonexistent/key cannot be opened: No such file or directory");
}

TEST(ReadKey, RefusesAFolder) {
  const TempFolder folder;
  const std::string path = folder.file("");
  EXPECT_EQ(read_key(path, "").error().message,
            "the key file " + path + " cannot be read: Is a directory");
}

TEST(ReadKey, RefusesAnEmptyFile) {
  const TempFolder folder;
  const std::string path = folder.write("key", "\n");
  EXPECT_EQ(read_key(path, "").error().message, "the key file " + path + " is empty");
}

TEST(ReadKey, DoesNotWaitForANamedPipe) {
  const TempFolder folder;
  const std::string path = folder.file("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(read_key(path, "").error().message, "the key file " + path + " is empty");
}

TEST(ReadKey, TakesTheLongestKey) {
  const TempFolder folder;
  const std::string key(4096, 'k');
  EXPECT_EQ(read_key(folder.write("key", key + "\n"), "")->reveal(), key);
}

TEST(ReadKey, RefusesALongerOne) {
  const TempFolder folder;
  for (const std::size_t size : {4097U, 100'000U}) {
    const std::string path = folder.write("key", std::string(size, 'k'));
    EXPECT_EQ(read_key(path, "").error().message,
              "the key file " + path + " is longer than 4096 bytes");
  }
}

TEST(ReadKey, RefusesWhatNoHeaderCanHoldWithoutQuotingIt) {
  const TempFolder folder;
  for (const std::string_view bad : {"abc def", "abc\tdef", "abc\ndef", " abc", "abc\r\nX-Evil: 1",
                                     "\xEF\xBB\xBF"
                                     "abc",
                                     "abc\x7F"}) {
    const std::string path = folder.write("key", bad);
    EXPECT_EQ(read_key(path, "").error().message,
              "the key file " + path +
                  " holds a space, a control character or a character that is not ASCII");
  }
}

TEST(ReadKey, RefusesAZeroByte) {
  const TempFolder folder;
  EXPECT_FALSE(read_key(folder.write("key", std::string_view("abc\0def", 7)), ""));
}

/// A key source on a file, with what it reported.
struct Watched {
  explicit Watched(std::string file) {
    source = std::move(KeySource::open(std::move(file), "", [this](const std::string& problem) {
                         problems.push_back(problem);
                       }).value());
  }
  std::vector<std::string> problems;
  std::unique_ptr<KeySource> source;
};

TEST(KeySource, RefusesToOpenWithoutAKey) {
  EXPECT_FALSE(KeySource::open("/nonexistent/key", "", [](const std::string&) {}));
}

TEST(KeySource, KeepsTheKeyOfTheEnvironment) {
  const ScopedEnv env("TE_TEST_KEY", "abc");
  const auto source = KeySource::open("", "TE_TEST_KEY", [](const std::string&) {});
  EXPECT_EQ((*source)->current().reveal(), "abc");
}

TEST(KeySource, FollowsAFileWrittenInPlace) {
  const TempFolder folder;
  const Watched watched(folder.write("key", "first"));
  EXPECT_EQ(watched.source->current().reveal(), "first");
  folder.write("key", "the-second");
  EXPECT_EQ(watched.source->current().reveal(), "the-second");
}

TEST(KeySource, FollowsAFileThatIsReplacedByAnotherOfTheSameSize) {
  const TempFolder folder;
  const Watched watched(folder.write("key", "first"));
  EXPECT_EQ(watched.source->current().reveal(), "first");
  std::filesystem::rename(folder.write("new", "other"), folder.file("key"));
  EXPECT_EQ(watched.source->current().reveal(), "other");
}

TEST(KeySource, FollowsASymbolicLinkAsKubernetesSwapsIt) {
  const TempFolder folder;
  std::filesystem::create_symlink(folder.write("v1", "first"), folder.file("key"));
  const Watched watched(folder.file("key"));
  EXPECT_EQ(watched.source->current().reveal(), "first");
  std::filesystem::create_symlink(folder.write("v2", "other"), folder.file("tmp"));
  std::filesystem::rename(folder.file("tmp"), folder.file("key"));
  EXPECT_EQ(watched.source->current().reveal(), "other");
}

TEST(KeySource, KeepsTheLastGoodKeyAndReportsOnce) {
  const TempFolder folder;
  const Watched watched(folder.write("key", "first"));
  std::filesystem::remove(folder.file("key"));
  EXPECT_EQ(watched.source->current().reveal(), "first");
  EXPECT_EQ(watched.source->current().reveal(), "first");
  EXPECT_EQ(watched.problems,
            (std::vector<std::string>{"the key file " + folder.file("key") +
                                      " cannot be opened: No such file or directory; the key "
                                      "read before stays in use"}));
}

TEST(KeySource, RecoversAndReportsTheNextFailureAgain) {
  const TempFolder folder;
  const Watched watched(folder.write("key", "first"));
  folder.write("key", "");
  EXPECT_EQ(watched.source->current().reveal(), "first");
  folder.write("key", "second");
  EXPECT_EQ(watched.source->current().reveal(), "second");
  folder.write("key", "");
  EXPECT_EQ(watched.source->current().reveal(), "second");
  EXPECT_EQ(watched.problems.size(), 2U);
}

}  // namespace
}  // namespace together
