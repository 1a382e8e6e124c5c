#include "exporter/web/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "tests/unit/web/raw_client.h"

namespace together {
namespace {

HttpResponse echo(const HttpRequest& request) {
  std::string text = request.method + ' ' + request.path;
  if (!request.query.empty()) text += " ? " + request.query;
  for (const auto& [name, value] : request.headers) text += '\n' + name + '=' + value;
  return plain_response(200, text);
}

std::unique_ptr<Server> serve(
    Server::Handler handler, ServerOptions options = {},
    Server::OnException on_exception = [](const std::string&) {}) {
  if (options.listen_addresses == ServerOptions().listen_addresses) {
    options.listen_addresses = {"127.0.0.1:0"};
  }
  auto server = Server::start(options, std::move(handler), std::move(on_exception));
  EXPECT_TRUE(server) << server.error().message;
  return std::move(*server);
}

std::string start_error(std::vector<std::string> addresses) {
  ServerOptions options;
  options.listen_addresses = std::move(addresses);
  const auto server = Server::start(options, echo, [](const std::string&) {});
  return server ? "(started)" : server.error().message;
}

TEST(Server, HandsOverTheRequestAsItCame) {
  const auto server = serve(echo);
  EXPECT_EQ(body_of(get(server->ports()[0], "/a%20b/../c?x=/y%2F?z", "X-Mixed: Value\r\n")),
            "GET /a%20b/../c ? x=/y%2F?z\nhost=localhost\nx-mixed=Value\n");
}

TEST(Server, SendsTheWholeAnswerAndCloses) {
  const auto server = serve([](const HttpRequest&) {
    HttpResponse response;
    response.status = 503;
    response.headers = {{"X-One", "1"}};
    response.body = std::make_shared<const std::string>("busy");
    return response;
  });
  const std::string answer = get(server->ports()[0], "/");
  EXPECT_EQ(status_line(answer), "HTTP/1.1 503 Service Unavailable");
  EXPECT_NE(answer.find("\r\nX-One: 1\r\nContent-Length: 4\r\nDate: "), std::string::npos);
  EXPECT_NE(answer.find(" GMT\r\nConnection: close\r\n\r\nbusy"), std::string::npos);
}

TEST(Server, SendsALargeBodyWhole) {
  const std::string large(3 << 20, 'x');
  const auto body = std::make_shared<const std::string>(large);
  const auto server = serve([&](const HttpRequest&) {
    HttpResponse response;
    response.body = body;
    return response;
  });
  EXPECT_EQ(body_of(get(server->ports()[0], "/")).size(), large.size());
}

TEST(Server, AnswersHeadWithTheLengthButNoBody) {
  const auto server = serve([](const HttpRequest&) { return plain_response(200, "hello"); });
  const std::string answer =
      ask_raw(server->ports()[0], "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_NE(answer.find("Content-Length: 6\r\n"), std::string::npos);
  EXPECT_EQ(body_of(answer), "");
}

TEST(Server, DoesNotKeepAConnection) {
  const auto server = serve(echo);
  const std::string two = ask_raw(
      server->ports()[0],
      "GET /1 HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
  EXPECT_NE(two.find("GET /1"), std::string::npos);
  EXPECT_EQ(two.find("GET /2"), std::string::npos);
}

TEST(Server, SurvivesWhatIsNoHttp) {
  const auto server = serve(echo);
  const int port = server->ports()[0];
  for (const std::string& noise : std::vector<std::string>{
           std::string("\r\n\r\n"), std::string("nonsense\r\n\r\n"), std::string("GET\r\n\r\n"),
           std::string("GET / HTTP/9.9\r\n\r\n"),
           std::string("\x16\x03\x01\x02\x00\x01\x00\x01", 8),
           std::string("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
           std::string("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"),
           std::string("GET http://other.example/metrics HTTP/1.1\r\nHost: a\r\n\r\n"),
           "GET /" + std::string(100'000, 'x') + " HTTP/1.1\r\n\r\n",
           std::string("GET / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n"),
           std::string("GET / HTTP/1.1\r\nContent-Length: -4\r\n\r\n"),
           std::string("GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
                       "Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n")}) {
    ask_raw(port, noise);
  }
  EXPECT_EQ(status_line(get(port, "/")), "HTTP/1.1 200 OK");
}

TEST(Server, RefusesInOurOwnWordsWhatIsNoRequest) {
  const auto server = serve(echo);
  const std::string answer = ask_raw(server->ports()[0], "nonsense\r\n\r\n");
  EXPECT_EQ(status_line(answer), "HTTP/1.1 400 Bad Request");
  EXPECT_NE(answer.find("X-Content-Type-Options: nosniff"), std::string::npos);
  EXPECT_EQ(body_of(answer), "The request is not understood.\n");
}

TEST(Server, TurnsAnExceptionInto500AndTellsOf) {
  std::mutex mutex;
  std::vector<std::string> told;
  const auto server = serve(
      [](const HttpRequest& request) -> HttpResponse {
        if (request.path == "/int") throw 1;
        throw std::runtime_error("broken");
      },
      {},
      [&](const std::string& what) {
        const std::scoped_lock lock(mutex);
        told.push_back(what);
      });
  EXPECT_EQ(status_line(get(server->ports()[0], "/")), "HTTP/1.1 500 Internal Server Error");
  EXPECT_EQ(body_of(get(server->ports()[0], "/int")), "Internal error.\n");
  const std::scoped_lock lock(mutex);
  EXPECT_EQ(told, (std::vector<std::string>{"broken", "unknown exception"}));
}

TEST(Server, AnswersWhileFortySocketsStayIdle) {
  ServerOptions options;
  options.request_timeout = std::chrono::minutes(10);  // so that none of them is closed meanwhile
  const auto server = serve(echo, options);
  const int port = server->ports()[0];
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int i = 0; i < 40; ++i) {
    idle.push_back(std::make_unique<RawClient>(port));
    ASSERT_TRUE(idle.back()->connected());
    if (i % 2 == 0) idle.back()->say("GET / HTTP/1.1\r\nHost:");
  }
  EXPECT_EQ(status_line(get(port, "/")), "HTTP/1.1 200 OK");
}

TEST(Server, AnswersOnceTooManyIdleSocketsTimeOut) {
  ServerOptions options;
  options.threads = 4;
  options.request_timeout = std::chrono::milliseconds(50);
  const auto server = serve(echo, options);
  const int port = server->ports()[0];
  std::vector<std::unique_ptr<RawClient>> idle;
  for (int i = 0; i < 12; ++i) idle.push_back(std::make_unique<RawClient>(port));
  EXPECT_EQ(status_line(get(port, "/")), "HTTP/1.1 200 OK");
}

TEST(Server, DoesNotWaitForABodyItNeverReads) {
  const auto server = serve(echo, {.request_timeout = std::chrono::minutes(10)});
  RawClient slow(server->ports()[0]);
  slow.say("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nonly this");
  EXPECT_EQ(status_line(slow.hear()), "HTTP/1.1 200 OK");
}

TEST(Server, ListensOnSeveralAddresses) {
  const auto server = serve(echo, {.listen_addresses = {"127.0.0.1:0", "localhost:0", ":0"}});
  const auto ports = server->ports();
  ASSERT_EQ(ports.size(), 3u);
  for (const int port : ports) EXPECT_EQ(status_line(get(port, "/")), "HTTP/1.1 200 OK");
}

TEST(Server, NamesTheAddressThatIsTaken) {
  const auto first = serve(echo);
  const std::string taken = "127.0.0.1:" + std::to_string(first->ports()[0]);
  const std::string error = start_error({"127.0.0.1:0", taken});
  EXPECT_NE(error.find("cannot listen on"), std::string::npos) << error;
  EXPECT_NE(error.find("cannot bind to " + taken), std::string::npos) << error;
  EXPECT_NE(error.find("Address already in use"), std::string::npos) << error;
}

TEST(Server, RefusesAnAddressItCannotRead) {
  EXPECT_EQ(start_error({}), "there is no address to listen on");
  EXPECT_EQ(start_error({"localhost"}),
            "cannot listen on \"localhost\": it has no port; write :10237 or 127.0.0.1:10237");
  EXPECT_EQ(start_error({":http"}),
            "cannot listen on \":http\": the port is no number between 0 and 65535");
  EXPECT_EQ(start_error({":65536"}),
            "cannot listen on \":65536\": the port is no number between 0 and 65535");
  EXPECT_EQ(start_error({":443s"}),
            "cannot listen on \":443s\": the port is no number between 0 and 65535");
  EXPECT_EQ(start_error({"[::1]:0"}), "cannot listen on \"[::1]:0\": the server speaks IPv4 only");
  EXPECT_EQ(start_error({"example.org:0"}),
            "cannot listen on \"example.org:0\": the host is no IPv4 address");
}

TEST(Server, StartsAgainAfterAFailure) {
  EXPECT_NE(start_error({"127.0.0.1:x"}), "(started)");
  EXPECT_EQ(start_error({"127.0.0.1:0"}), "(started)");
}

TEST(Server, AnswersManyClientsAtOnceAndStops) {
  std::atomic<int> answered = 0;
  {
    const auto server = serve([&](const HttpRequest& request) {
      ++answered;
      return echo(request);
    });
    const int port = server->ports()[0];
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
      clients.emplace_back([port] {
        for (int n = 0; n < 5; ++n) EXPECT_EQ(status_line(get(port, "/")), "HTTP/1.1 200 OK");
      });
    }
    for (auto& client : clients) client.join();
  }
  EXPECT_EQ(answered, 40);
}

}  // namespace
}  // namespace together
