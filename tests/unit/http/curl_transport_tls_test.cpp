// Certificates: checked always, one more trusted where the configuration names it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

#include "tests/fakes/raw_server.h"
#include "tests/unit/http/loop_client.h"
#include "tests/unit/http/temp_folder.h"

extern char** environ;

namespace together {
namespace {

/// `openssl s_server` on a free port, with a certificate that signed itself.
class TlsServer {
 public:
  TlsServer() {
    certificate_ = folder_.file("cert.pem");
    const std::string key = folder_.file("key.pem");
    const std::string make =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
        " -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout " +
        key + " -out " + certificate_ + " 2>/dev/null";
    if (std::system(make.c_str()) != 0) throw std::runtime_error("openssl makes no certificate");
    start(key);
  }
  ~TlsServer() {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
    std::fclose(output_);
  }
  std::string url() const { return "https://127.0.0.1:" + port_; }
  const std::string& certificate() const { return certificate_; }

 private:
  void start(std::string key) {
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, pipe[1], 1);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addclose(&actions, pipe[0]);
    std::array<std::string, 9> words{"openssl", "s_server", "-www",  "-accept",   "127.0.0.1:0",
                                     "-key",    key,        "-cert", certificate_};
    std::array<char*, 10> arguments{};
    for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
    const int failed =
        ::posix_spawnp(&child_, "openssl", &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    output_ = ::fdopen(pipe[0], "r");
    if (failed != 0) throw std::runtime_error("openssl does not start");
    std::array<char, 256> line{};
    while (std::fgets(line.data(), line.size(), output_) != nullptr) {
      const std::string text(line.data());
      if (!text.starts_with("ACCEPT ")) continue;
      port_ = text.substr(text.rfind(':') + 1);
      port_.erase(port_.find_last_not_of("\n") + 1);
      return;
    }
    throw std::runtime_error("openssl s_server does not listen");
  }

  TempFolder folder_;
  std::string certificate_;
  std::string port_;
  pid_t child_ = 0;
  FILE* output_ = nullptr;
};

TEST(CurlTransportTls, RefusesACertificateNobodyVouchesFor) {
  const TlsServer server;
  LoopClient client(server.url());
  const Exchange exchange = client.get("/");
  EXPECT_EQ(exchange.error, TransportError::kTls);
  EXPECT_EQ(exchange.status, 0);
}

TEST(CurlTransportTls, AcceptsTheCertificateThatTheCaFileNames) {
  const TlsServer server;
  CurlTransportOptions options;
  options.base_url = server.url();
  options.ca_file = server.certificate();
  LoopClient client(std::move(options));
  const Exchange exchange = client.get("/");
  EXPECT_EQ(exchange.error, TransportError::kNone) << exchange.error_text;
  EXPECT_EQ(exchange.status, 200);
  ASSERT_TRUE(exchange.phases.secured);
  EXPECT_GE(*exchange.phases.secured, *exchange.phases.connected);
  EXPECT_GE(*exchange.phases.first_byte, *exchange.phases.secured);
}

TEST(CurlTransportTls, RefusesACertificateForAnotherName) {
  const TlsServer server;
  CurlTransportOptions options;
  options.base_url = server.url();
  options.base_url.replace(options.base_url.find("127.0.0.1"), 9, "localhost");
  options.ca_file = server.certificate();
  LoopClient client(std::move(options));
  EXPECT_EQ(client.get("/").error, TransportError::kTls);
}

TEST(CurlTransportTls, NamesAPortThatSpeaksNoTls) {
  RawServer server([](RawServer::Connection& connection) {
    connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    connection.wait();
  });
  LoopClient client("https://127.0.0.1:" + std::to_string(server.port()));
  EXPECT_EQ(client.get("/").error, TransportError::kTls);
}

TEST(CurlTransportTls, EndsAHandshakeThatNeverComesInTime) {
  RawServer server([](RawServer::Connection& connection) { connection.wait(); });
  LoopClient client("https://127.0.0.1:" + std::to_string(server.port()));
  Request request = get_request("/");
  request.timeout = std::chrono::milliseconds(500);
  const Exchange exchange = client.ask(request);
  EXPECT_EQ(exchange.error, TransportError::kTimeout);
  EXPECT_TRUE(exchange.phases.connected);
  EXPECT_FALSE(exchange.phases.secured);
  EXPECT_LT(exchange.phases.total, std::chrono::milliseconds(2500));
}

}  // namespace
}  // namespace together
