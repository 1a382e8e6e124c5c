// The certificates that are trusted.
#include "exporter/http/ca_bundle.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/unit/http/temp_folder.h"

namespace together {
namespace {

std::string content(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(CaBundle, IsTheSystemsFileByItself) {
  const auto bundle = CaBundle::load("");
  ASSERT_TRUE(bundle);
  EXPECT_EQ(bundle->path().substr(bundle->path().size() - 4), ".crt");
}

TEST(CaBundle, HoldsTheSystemsAndTheExtraCertificates) {
  const TempFolder folder;
  const std::string extra = "-----BEGIN CERTIFICATE-----\nours\n-----END CERTIFICATE-----\n";
  const auto bundle = CaBundle::load(folder.write("ca.pem", extra));
  ASSERT_TRUE(bundle);
  EXPECT_EQ(content(bundle->path()), content(CaBundle::load("")->path()) + "\n" + extra);
}

TEST(CaBundle, RefusesAFileThatIsMissing) {
  EXPECT_EQ(CaBundle::load("/nonexistent/ca.pem").error().message,
            "the CA file /nonexistent/ca.pem cannot be read");
}

TEST(CaBundle, RefusesAFileWithoutACertificate) {
  const TempFolder folder;
  const std::string path = folder.write("ca.pem", "hello\n");
  EXPECT_EQ(CaBundle::load(path).error().message,
            "the CA file " + path + " holds no PEM certificate");
}

}  // namespace
}  // namespace together
