#include "exporter/http/file_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <deque>
#include <fstream>
#include <thread>

#include "tests/fakes/fake_transport.h"
#include "tests/fakes/manual_clock.h"
#include "tests/unit/http/temp_folder.h"

namespace together {
namespace {

/// A FileTransport whose worker and loop run when the test says so.
class Desk {
 public:
  Desk()
      : network(std::make_shared<FakeTransport>(clock_,
                                                [](const Request&) {
                                                  Exchange exchange;
                                                  exchange.status = 204;
                                                  return exchange;
                                                })),
        transport(std::make_unique<FileTransport>(
            network, [this](auto task) { work.push_back(std::move(task)); },
            [this](auto task) { loop.push_back(std::move(task)); })) {}

  void send(std::string file, std::size_t most = 1 << 20) {
    Request request;
    request.file = std::move(file);
    request.timeout = std::chrono::seconds(1);
    request.max_body_bytes = most;
    transport->send(std::move(request), [this](Exchange e) { answers.push_back(std::move(e)); });
  }
  Exchange ask(std::string file, std::size_t most = 1 << 20) {
    send(std::move(file), most);
    run(work);
    run(loop);
    return answers.empty() ? Exchange{} : answers.back();
  }
  static void run(std::deque<std::function<void()>>& tasks) {
    for (; !tasks.empty(); tasks.pop_front()) tasks.front()();
  }

 private:
  ManualClock clock_;

 public:
  std::deque<std::function<void()>> work;
  std::deque<std::function<void()>> loop;
  std::shared_ptr<FakeTransport> network;
  std::unique_ptr<FileTransport> transport;
  std::vector<Exchange> answers;
};

TEST(FileTransport, AnswersWithTheBytesOfTheFile) {
  const TempFolder folder;
  const std::string bytes("a\0b\r\n", 5);
  Desk desk;
  const Exchange exchange = desk.ask(folder.write("list", bytes));
  EXPECT_EQ(exchange.error, TransportError::kNone) << exchange.error_text;
  EXPECT_EQ(exchange.status, 200);
  EXPECT_EQ(exchange.body, bytes);
  ASSERT_EQ(exchange.chunks.size(), 1U);
  EXPECT_EQ(exchange.chunks[0].end, 5U);
  EXPECT_NE(exchange.started, WallTime{});
  EXPECT_TRUE(desk.network->requests.empty());
}
TEST(FileTransport, AnEmptyFileIsAnAnswer) {
  const TempFolder folder;
  Desk desk;
  const Exchange exchange = desk.ask(folder.write("list", ""));
  EXPECT_EQ(exchange.error, TransportError::kNone);
  EXPECT_EQ(exchange.status, 200);
  EXPECT_EQ(exchange.body, "");
}
TEST(FileTransport, ReadsAFileOfManyPieces) {
  const TempFolder folder;
  Desk desk;
  EXPECT_EQ(desk.ask(folder.write("list", std::string(300'000, 'x'))).body.size(), 300'000U);
}
TEST(FileTransport, ReadsOnTheWorkerAndAnswersOnTheLoop) {
  const TempFolder folder;
  Desk desk;
  desk.send(folder.write("list", "rows"));
  EXPECT_EQ(desk.work.size(), 1U);
  Desk::run(desk.work);
  EXPECT_TRUE(desk.answers.empty());
  Desk::run(desk.loop);
  EXPECT_EQ(desk.answers.size(), 1U);
}
TEST(FileTransport, LeavesOtherRequestsToTheOtherTransport) {
  Desk desk;
  Request request;
  request.path = "/models";
  int status = 0;
  desk.transport->send(request, [&](Exchange exchange) { status = exchange.status; });
  EXPECT_EQ(status, 204);
  EXPECT_EQ(desk.network->requests.at(0).path, "/models");
  EXPECT_TRUE(desk.work.empty());
}

TEST(FileTransport, NamesAMissingFile) {
  const TempFolder folder;
  Desk desk;
  const Exchange exchange = desk.ask(folder.file("none"));
  EXPECT_EQ(exchange.error, TransportError::kProtocol);
  EXPECT_EQ(exchange.error_text, folder.file("none") + ": No such file or directory");
  EXPECT_EQ(exchange.status, 0);
}
TEST(FileTransport, NamesAnUnreadableFile) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read every file";
  const TempFolder folder;
  const std::string file = folder.write("list", "rows");
  ::chmod(file.c_str(), 0);
  Desk desk;
  EXPECT_EQ(desk.ask(file).error_text, file + ": Permission denied");
}
TEST(FileTransport, NamesAFolder) {
  const TempFolder folder;
  Desk desk;
  const Exchange exchange = desk.ask(folder.file(""));
  EXPECT_EQ(exchange.error, TransportError::kProtocol);
  EXPECT_EQ(exchange.error_text, folder.file("") + ": not a regular file");
}
TEST(FileTransport, WaitsForNoPipe) {
  const TempFolder folder;
  ASSERT_EQ(::mkfifo(folder.file("pipe").c_str(), 0600), 0);
  Desk desk;
  const Exchange exchange = desk.ask(folder.file("pipe"));
  EXPECT_EQ(exchange.error, TransportError::kProtocol);
  EXPECT_EQ(exchange.error_text, folder.file("pipe") + ": not a regular file");
}
TEST(FileTransport, ReadsNoDevice) {
  Desk desk;
  EXPECT_EQ(desk.ask("/dev/zero").error_text, "/dev/zero: not a regular file");
}
TEST(FileTransport, CapsTheFile) {
  const TempFolder folder;
  Desk desk;
  const std::string file = folder.write("list", std::string(11, 'x'));
  const Exchange exchange = desk.ask(file, 10);
  EXPECT_EQ(exchange.error, TransportError::kTooLarge);
  EXPECT_EQ(exchange.error_text, file + ": larger than 10 bytes");
  EXPECT_EQ(desk.ask(file, 11).error, TransportError::kNone);
}
TEST(FileTransport, CapsAFileThatSaysItIsEmpty) {
  Desk desk;
  EXPECT_EQ(desk.ask("/proc/self/status", 10).error, TransportError::kTooLarge);
}
TEST(FileTransport, PutsAnyPathOnOneLine) {
  Desk desk;
  EXPECT_EQ(desk.ask("/no\nsuch").error_text, "/no such: No such file or directory");
}

TEST(FileTransport, CancelsReadsThatWait) {
  const TempFolder folder;
  Desk desk;
  desk.send(folder.write("list", "rows"));
  desk.transport->cancel_all();
  ASSERT_EQ(desk.answers.size(), 1U);
  EXPECT_EQ(desk.answers[0].error, TransportError::kCancelled);
  EXPECT_NE(desk.answers[0].started, WallTime{});
  Desk::run(desk.work);
  Desk::run(desk.loop);
  EXPECT_EQ(desk.answers.size(), 1U) << "done was called twice";
}
TEST(FileTransport, CancelsReadsThatEndedButWereNotTold) {
  const TempFolder folder;
  Desk desk;
  desk.send(folder.write("list", "rows"));
  Desk::run(desk.work);
  desk.transport->cancel_all();
  Desk::run(desk.loop);
  ASSERT_EQ(desk.answers.size(), 1U);
  EXPECT_EQ(desk.answers[0].error, TransportError::kCancelled);
}
TEST(FileTransport, CancelsTheOtherTransportToo) {
  Desk desk;
  desk.network->hold = true;
  TransportError error = TransportError::kNone;
  desk.transport->send({}, [&](Exchange exchange) { error = exchange.error; });
  desk.transport->cancel_all();
  EXPECT_EQ(error, TransportError::kCancelled);
}
TEST(FileTransport, MaySendAgainWhileItCancels) {
  const TempFolder folder;
  const std::string file = folder.write("list", "rows");
  Desk desk;
  Request request;
  request.file = file;
  desk.transport->send(request, [&](Exchange) { desk.send(file); });
  desk.transport->cancel_all();
  EXPECT_TRUE(desk.answers.empty());
  Desk::run(desk.work);
  Desk::run(desk.loop);
  ASSERT_EQ(desk.answers.size(), 1U);
  EXPECT_EQ(desk.answers[0].body, "rows");
}
TEST(FileTransport, ItsReadersMayOutliveIt) {
  const TempFolder folder;
  Desk desk;
  desk.send(folder.write("list", "rows"));
  desk.transport.reset();
  Desk::run(desk.work);
  Desk::run(desk.loop);
  EXPECT_TRUE(desk.answers.empty());
}
TEST(FileTransport, ReadsOnAThreadOfItsOwn) {
  const TempFolder folder;
  Desk desk;
  desk.send(folder.write("list", "rows"));
  std::thread worker([&] { Desk::run(desk.work); });
  worker.join();
  Desk::run(desk.loop);
  ASSERT_EQ(desk.answers.size(), 1U);
  EXPECT_EQ(desk.answers[0].body, "rows");
}

}  // namespace
}  // namespace together
