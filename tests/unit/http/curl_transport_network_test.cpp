// Names, proxies and the environment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>

#include "tests/fakes/raw_server.h"
#include "tests/unit/http/loop_client.h"

namespace together {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr std::string_view kEmptyAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

void answer_empty(RawServer::Connection& connection) {
  while (!connection.read_request().empty()) connection.send(kEmptyAnswer);
}

/// Variables that would send every request astray, were they heeded.
class HostileEnvironment {
 public:
  explicit HostileEnvironment(const std::string& proxy) {
    for (const char* name : kProxies) ::setenv(name, proxy.c_str(), 1);
  }
  ~HostileEnvironment() {
    for (const char* name : kProxies) ::unsetenv(name);
  }

 private:
  static constexpr std::array kProxies{"http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"};
};

TEST(CurlTransportNetwork, IgnoresTheEnvironmentsProxies) {
  const HostileEnvironment environment("http://127.0.0.1:" + std::to_string(closed_port()));
  RawServer server(answer_empty);
  LoopClient client(server.url());
  const Exchange exchange = client.get("/");
  EXPECT_EQ(exchange.error, TransportError::kNone) << exchange.error_text;
}

TEST(CurlTransportNetwork, UsesTheConfiguredProxyWhateverNoProxySays) {
  ::setenv("no_proxy", "*", 1);
  RawServer proxy(answer_empty);
  CurlTransportOptions options;
  options.base_url = "http://upstream.example";
  options.proxy_url = proxy.url();
  LoopClient client(std::move(options));
  EXPECT_EQ(client.get("/models").status, 200);
  ::unsetenv("no_proxy");
  EXPECT_THAT(proxy.requests().at(0), HasSubstr("GET http://upstream.example/models HTTP/1.1"));
}

TEST(CurlTransportNetwork, TakesARefusedTunnelAsNoConnection) {
  RawServer proxy([](RawServer::Connection& connection) {
    connection.read_request();
    connection.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
  });
  CurlTransportOptions options;
  options.base_url = "https://upstream.example";
  options.proxy_url = proxy.url();
  LoopClient client(std::move(options));
  const Exchange exchange = client.get("/");
  EXPECT_EQ(exchange.error, TransportError::kConnect);
  EXPECT_EQ(exchange.status, 0);
  EXPECT_THAT(proxy.requests().at(0), HasSubstr("CONNECT upstream.example:443 HTTP/1.1"));
}

TEST(CurlTransportNetwork, NamesAHostThatDoesNotResolve) {
  LoopClient client("http://nonexistent.invalid");
  Request request = get_request("/");
  request.timeout = 5s;
  const Exchange exchange = client.ask(request);
  EXPECT_EQ(exchange.error, TransportError::kDns) << exchange.error_text;
  EXPECT_FALSE(exchange.phases.resolved);
}

TEST(CurlTransportNetwork, EndsInTimeWhereTheDnsServerIsDead) {
  FILE* pipe = ::popen("unshare --map-root-user --net --mount " TE_DEAD_DNS_CLIENT " 2>&1", "r");
  ASSERT_NE(pipe, nullptr);
  std::array<char, 256> line{};
  std::string output;
  while (std::fgets(line.data(), line.size(), pipe) != nullptr) output += line.data();
  const int code = WEXITSTATUS(::pclose(pipe));
  if (code != 0 && output.find("unshare") != std::string::npos) {
    GTEST_SKIP() << "no network namespace can be made here: " << output;
  }
  ASSERT_EQ(code, 0) << output;
  EXPECT_EQ(output, "dns in time\n");
}

}  // namespace
}  // namespace together
