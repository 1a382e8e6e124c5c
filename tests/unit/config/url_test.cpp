#include "exporter/config/url.h"

#include <gtest/gtest.h>

namespace together {
namespace {

TEST(BaseUrl, MayBeHttps) {
  for (const char* url :
       {"https://api.together.ai/v1", "HTTPS://API.together.ai", "https://h:8443/",
        "https://[2001:db8::1]:8443/v1", "https://10.0.0.1/v1"}) {
    EXPECT_EQ(fault_of_base_url(url), "") << url;
  }
}

TEST(BaseUrl, MayBeHttpOnThisMachine) {
  for (const char* url : {"http://localhost:8080/v1", "http://LOCALHOST/", "http://127.0.0.1",
                          "http://127.255.255.255:1/v1", "http://[::1]:8080/v1"}) {
    EXPECT_EQ(fault_of_base_url(url), "") << url;
  }
}

TEST(BaseUrl, IsNoPlainHttpToAnyOther) {
  for (const char* url :
       {"http://api.together.ai/v1", "http://localhost.example.com/", "http://127.0.0.1.nip.io/",
        "http://127.1/", "http://127.0.0.256/", "http://127.0.0.1./", "http://127.0.0.0.1/",
        "http://128.0.0.1/", "http://[::2]/", "http://0.0.0.0/", "http://127..0.1/",
        "http://2130706433/", "http://localhost./", "http://127.0.0.0001/"}) {
    EXPECT_NE(fault_of_base_url(url), "") << url;
  }
}

TEST(BaseUrl, IsNothingElse) {
  for (const char* url : {"",
                          "https://",
                          "https:///v1",
                          "https:/h",
                          "://h",
                          "https//h",
                          "https://h:/",
                          "https://h:0/",
                          "https://h:65536/",
                          "https://h:+1/",
                          "https://h:1:2/",
                          "https://[::1",
                          "https://[]/",
                          "https://[zz]/",
                          "https://[::1]x/",
                          "https://h/?a",
                          "https://h?a",
                          "https://h/#a",
                          "https://u@h/",
                          "https://u:p@h/",
                          "https://h\\@evil/",
                          "https://h /",
                          "https://h\n/",
                          "https://h\x7F/",
                          "https://hé/",
                          "javascript://h/",
                          "https://h,i/",
                          "https://["}) {
    EXPECT_NE(fault_of_base_url(url), "") << url;
  }
}

TEST(ProxyUrl, HasHostAndPortOnly) {
  EXPECT_EQ(fault_of_proxy_url("http://proxy.example.com:3128"), "");
  EXPECT_EQ(fault_of_proxy_url("https://proxy.example.com:3128/"), "");
  EXPECT_NE(fault_of_proxy_url("http://proxy:3128/path"), "");
  EXPECT_NE(fault_of_proxy_url("http://proxy:3128?q"), "");
  EXPECT_NE(fault_of_proxy_url("socks5h://proxy:1080"), "");
  EXPECT_NE(fault_of_proxy_url("proxy:3128"), "");
}

TEST(SourceUrl, MayHaveAQueryAndAnAtSignInItsPath) {
  EXPECT_EQ(fault_of_source_url("https://unpkg.example.com/a@1.2/prices.json?raw=1"), "");
  EXPECT_EQ(fault_of_source_url("http://mirror.example.com/prices.json"), "");
  EXPECT_NE(fault_of_source_url("https://me@mirror.example.com/prices.json"), "");
}

TEST(PrometheusUrl, MayHaveAPathAndNoQuery) {
  EXPECT_EQ(fault_of_prometheus_url("http://127.0.0.1:9090"), "");
  EXPECT_EQ(fault_of_prometheus_url("https://metrics.example.com/prometheus/"), "");
  EXPECT_NE(fault_of_prometheus_url("http://127.0.0.1:9090/?tenant=1"), "");
  EXPECT_NE(fault_of_prometheus_url("http://me:secret@127.0.0.1:9090"), "");
}

}  // namespace
}  // namespace together
