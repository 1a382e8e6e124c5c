#include "exporter/web/web_config.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/yaml/small_stack.h"

namespace together {
namespace {

constexpr char kHash[] = "$2b$08$Ro0CUfOqk6cXEKf3dyaM7OhSCvnwM9s4wIX9JeLapehKK5YdLxKcm";

std::string error_of(const std::string& yaml) {
  const auto config = parse_web_config(yaml, "web.yml");
  return config ? "(accepted)" : config.error().message;
}

TEST(ParseWebConfig, ReadsUsersAndHeaders) {
  const auto config =
      parse_web_config(std::string("basic_auth_users:\n  ann: ") + kHash + "\n  bob: " + kHash +
                           "\nhttp_server_config:\n  http2: false\n  headers:\n"
                           "    X-Frame-Options: sameorigin\n"
                           "    Strict-Transport-Security: max-age=31536000\n",
                       "web.yml");
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->users, (std::map<std::string, std::string>{{"ann", kHash}, {"bob", kHash}}));
  EXPECT_EQ(config->headers,
            (std::vector<Header>{{"X-Frame-Options", "sameorigin"},
                                 {"Strict-Transport-Security", "max-age=31536000"}}));
}

TEST(ParseWebConfig, TakesAnEmptyMapAsNoRules) {
  for (const std::string yaml : {"{}", "basic_auth_users: {}"}) {
    const auto config = parse_web_config(yaml, "web.yml");
    ASSERT_TRUE(config) << yaml;
    EXPECT_TRUE(config->users.empty());
  }
}

TEST(ParseWebConfig, LetsNobodyInByAFileThatSaysNothing) {
  for (const std::string yaml : {"", " \n\t\n", "# nothing\n", "---\n", "~"}) {
    EXPECT_EQ(error_of(yaml),
              "web.yml:1: (file): the file is empty or has only comments; write {} if everybody "
              "may read")
        << yaml;
  }
  EXPECT_EQ(error_of("basic_auth_users:\n"),
            "web.yml:1: basic_auth_users: found nothing where a map belongs; write \"key: value\" "
            "pairs");
}

TEST(ParseWebConfig, RefusesASecondDocument) {
  EXPECT_EQ(
      error_of(std::string("http_server_config: {}\n---\nbasic_auth_users:\n  ann: ") + kHash),
      "web.yml:2: (file): a second document starts here; keep one a file, and check the "
      "indentation");
}

TEST(ParseWebConfig, RefusesBytesThatAreNoText) {
  EXPECT_EQ(error_of("http_server_config: {}\n\x04\nbasic_auth_users: 1\n"),
            "web.yml:2: (file): found a control character; remove it");
  EXPECT_EQ(error_of("basic_auth_users: {\xFF: 1}"),
            "web.yml:1: (file): found bytes that are not UTF-8; save the file as UTF-8");
}

TEST(ParseWebConfig, RefusesDeepNestingOnAServersStack) {
  for (const int depth : {33, 400, 100'000}) {
    const std::string yaml =
        "basic_auth_users: " + std::string(static_cast<std::size_t>(depth), '[');
    std::string error;
    ASSERT_TRUE(run_on_stack(kFramesAreReal ? kCivetwebStackBytes : 1 << 20,
                             [&] { error = error_of(yaml); }));
    EXPECT_EQ(error, "web.yml:1: (file): values are nested more than 32 levels deep");
  }
}

TEST(ParseWebConfig, SaysWhyThereIsNoTls) {
  EXPECT_EQ(error_of("basic_auth_users: {}\ntls_server_config:\n  cert_file: a\n"),
            "web.yml:3: tls_server_config: TLS is not offered, because the HTTP server inside "
            "crashes under OpenSSL 3; let a proxy or service mesh in front of this program do it");
}

TEST(ParseWebConfig, NamesTheLineAndKeyOfAProblem) {
  EXPECT_EQ(error_of("\nbasic_auth_user: {}\n"),
            "web.yml:2: basic_auth_user: unknown key \"basic_auth_user\"; did you mean "
            "\"basic_auth_users\"?");
  EXPECT_EQ(error_of("basic_auth_users: {}\nbasic_auth_users: {}\n"),
            "web.yml:2: basic_auth_users: key \"basic_auth_users\" is written twice; keep one");
  EXPECT_EQ(error_of("basic_auth_users:\n  ann: secret\n"),
            "web.yml:2: basic_auth_users.ann: is no bcrypt hash; write one that starts with $2a$, "
            "$2b$ or $2y$");
  EXPECT_EQ(
      error_of("basic_auth_users:\n  ann: [a]\n"),
      "web.yml:2: basic_auth_users.ann: found a list where a text belongs; write one, \"\" if "
      "it is to be empty");
  EXPECT_EQ(error_of(std::string("basic_auth_users:\n  ann: ") + kHash + "\n  ann: " + kHash),
            "web.yml:3: basic_auth_users.ann: key \"ann\" is written twice; keep one");
  EXPECT_EQ(error_of("basic_auth_users: [ann]\n"),
            "web.yml:1: basic_auth_users: found a list where a map belongs; write \"key: value\" "
            "pairs");
  EXPECT_EQ(error_of("- a\n"),
            "web.yml:1: (file): found a list where a map belongs; write \"key: value\" pairs");
  EXPECT_EQ(error_of("http_server_config:\n  http3: true\n"),
            "web.yml:2: http_server_config.http3: unknown key \"http3\"; did you mean \"http2\"?");
  EXPECT_EQ(error_of("http_server_config:\n  http2: maybe\n"),
            "web.yml:2: http_server_config.http2: \"maybe\" is no switch; write true or false");
  EXPECT_EQ(error_of("http_server_config:\n  headers:\n    Server: me\n"),
            "web.yml:3: http_server_config.headers.Server: this header cannot be set here");
  EXPECT_EQ(error_of("http_server_config:\n  headers:\n    X-Frame-Options: allow\n"),
            "web.yml:3: http_server_config.headers.X-Frame-Options: must be deny or sameorigin");
  EXPECT_EQ(error_of("http_server_config:\n  headers:\n    X-Content-Type-Options: ''\n"),
            "web.yml:3: http_server_config.headers.X-Content-Type-Options: must be nosniff");
  EXPECT_EQ(error_of("http_server_config:\n  headers:\n    X-XSS-Protection: \"1\\r\\nA: b\"\n"),
            "web.yml:3: http_server_config.headers.X-XSS-Protection: must not hold control "
            "characters");
}

TEST(ParseWebConfig, NamesTheFirstOfManyProblems) {
  EXPECT_EQ(
      error_of("http_server_config: {http2: 1}\nbasic_auth_users: 2\nother: 3\n").substr(0, 37),
      "web.yml:1: http_server_config.http2: ");
}

TEST(ParseWebConfig, NamesTheLineOfBrokenYaml) {
  EXPECT_EQ(error_of("a: 1\nb: [\n").substr(0, 42), "web.yml:2: (file): this is no valid YAML (");
}

TEST(ParseWebConfig, NeverQuotesAHash) {
  EXPECT_EQ(error_of("basic_auth_users:\n  ann: hunter2\n").find("hunter2"), std::string::npos);
}

class WebConfigFileTest : public testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(path_); }
  void write(const std::string& text) { std::ofstream(path_) << text; }

  const std::filesystem::path path_ =
      std::filesystem::path(testing::TempDir()) / ("web_config_" + std::to_string(getpid()));
  WebConfigFile file_{path_};
};

TEST_F(WebConfigFileTest, NamesAFileThatIsNotThere) {
  EXPECT_EQ(file_.current().error().message,
            path_.string() + ":1: (file): cannot read it: No such file or directory");
}

TEST_F(WebConfigFileTest, IsReadAgainOnlyWhenItChanged) {
  write("http_server_config: {headers: {X-Frame-Options: deny}}");
  const auto first = file_.current();
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(*first, *file_.current());
  write("basic_auth_users: {}");
  EXPECT_TRUE((*file_.current())->headers.empty());
}

TEST_F(WebConfigFileTest, LetsNobodyInByAnOldFile) {
  write("{}");
  EXPECT_TRUE(file_.current());
  write("basic_auth_users: 1");
  EXPECT_FALSE(file_.current());
  EXPECT_FALSE(file_.current());
  std::filesystem::remove(path_);
  EXPECT_FALSE(file_.current());
  write("basic_auth_users: {}");
  EXPECT_TRUE(file_.current());
}

TEST_F(WebConfigFileTest, LetsNobodyInWhileTheFileIsRewritten) {
  write(std::string("basic_auth_users: {ann: ") + kHash + "}");
  ASSERT_TRUE(file_.current());
  write("");
  EXPECT_FALSE(file_.current());
  write(std::string("basic_auth_users: {bob: ") + kHash + "} # changed");
  EXPECT_TRUE(file_.current());
}

TEST_F(WebConfigFileTest, RefusesAFileOfMoreThanAMegabyte) {
  write("# " + std::string(1 << 20, 'x'));
  EXPECT_EQ(file_.current().error().message,
            path_.string() + ":1: (file): cannot read it: it is larger than 1 MiB");
}

}  // namespace
}  // namespace together
