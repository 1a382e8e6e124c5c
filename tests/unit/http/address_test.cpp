#include "exporter/http/address.h"

#include <gtest/gtest.h>

namespace together {
namespace {

constexpr const char* kBase = "https://api.together.ai/v1";

std::string address(const Request& request) {
  const auto url = address_of(request, kBase);
  return url ? *url : "refused: " + url.error().message;
}

std::string path(const std::string& text) {
  Request request;
  request.path = text;
  return address(request);
}

std::string foreign(const std::string& url, Credential credential = Credential::kNone) {
  Request request;
  request.url = url;
  request.credential = credential;
  return address(request);
}

TEST(Address, PutsThePathBehindTheBaseUrl) {
  EXPECT_EQ(path("/models?serverless=true"), "https://api.together.ai/v1/models?serverless=true");
  EXPECT_EQ(path("?a=b"), "https://api.together.ai/v1?a=b");
  EXPECT_EQ(path(""), "https://api.together.ai/v1");
}
TEST(Address, RefusesAPathThatCouldNameAnotherHost) {
  EXPECT_EQ(path("@example.com/"),
            "refused: the request's path does not start with a slash: @example.com/");
  EXPECT_EQ(path(".example.com/"),
            "refused: the request's path does not start with a slash: .example.com/");
}
TEST(Address, TakesTheRequestsOwnUrl) {
  EXPECT_EQ(foreign("https://docs.together.ai/docs/deprecations.md?a=b"),
            "https://docs.together.ai/docs/deprecations.md?a=b");
  EXPECT_EQ(foreign("http://10.0.0.1:8080/list"), "http://10.0.0.1:8080/list");
  EXPECT_EQ(foreign("HTTPS://docs.together.ai/"), "HTTPS://docs.together.ai/");
}
TEST(Address, TakesTheKeyToNoUrl) {
  EXPECT_EQ(foreign("https://docs.together.ai/", Credential::kTogether),
            "refused: the key is for the upstream only, not for host \"docs.together.ai\"");
  EXPECT_EQ(foreign(kBase, Credential::kTogether),
            "refused: the key is for the upstream only, not for host \"api.together.ai\"");
}
TEST(Address, RefusesOtherSchemes) {
  EXPECT_EQ(foreign("ftp://example.com/list"),
            "refused: the URL at host \"example.com\" is neither http nor https");
  EXPECT_EQ(foreign("gopher://example.com/1"),
            "refused: the URL at host \"example.com\" is neither http nor https");
  EXPECT_EQ(foreign("file:///etc/passwd"),
            "refused: the URL at host \"\" is neither http nor https");
}
TEST(Address, RefusesAUserNameAndQuotesNoneOfIt) {
  EXPECT_EQ(foreign("https://joe:sesame@example.com/?token=open"),
            "refused: the URL at host \"example.com\" holds a user name");
  EXPECT_EQ(foreign("https://:sesame@example.com/"),
            "refused: the URL at host \"example.com\" holds a user name");
}
TEST(Address, RefusesWhatIsNoUrl) {
  for (const char* text : {"docs.together.ai/list", "https://", "https:// space/", "//example.com/",
                           "https://example.com/\r\nx: y", "/etc/passwd"}) {
    EXPECT_EQ(foreign(text), "refused: the request's URL is none") << text;
  }
}
TEST(Address, LeavesFilesToOthers) {
  Request request;
  request.file = "/etc/retirements.yml";
  EXPECT_EQ(address(request),
            "refused: a file cannot be asked of the network: /etc/retirements.yml");
}

}  // namespace
}  // namespace together
