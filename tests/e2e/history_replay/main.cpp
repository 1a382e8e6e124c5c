// Lives through the service's own past, and through years in which nothing happens but faults.
#include <fstream>
#include <iostream>
#include <string>

#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

#include "exporter/core/duration.h"
#include "tests/e2e/history_replay/verdict.h"

namespace {

using namespace together;
using namespace together::history;

constexpr int kSkipped = 77;

struct Lived {
  Record record;
  Verdict verdict;
};

Lived live(const char* name, const LifeScript& script, Duration look_interval) {
  auto provider = Provider::make(script);
  if (!provider) throw std::runtime_error(provider.error().message);
  Life life(script, *provider, look_interval);
  Lived outcome{life.live(), {}};
  outcome.verdict = judge(script, outcome.record);
  std::cout << name << ": " << outcome.record.looks << " looks, recall " << outcome.verdict.recall()
            << ", precision " << outcome.verdict.precision() << ", "
            << outcome.verdict.complaints.size() << " complaints\n";
  for (const auto& complaint : outcome.verdict.complaints) std::cout << "  " << complaint << '\n';
  return outcome;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Lives through recorded history with a manual clock.");
  std::string data;
  std::string looks = "6h";
  std::string out;
  std::string command = "make history";
  int models = 100;
  int years = 10;
  app.add_option("--data", data, "folder of the recordings")->required();
  app.add_option("--looks", looks, "how often each model is looked at");
  app.add_option("--models", models, "of the normal life")->check(CLI::PositiveNumber);
  app.add_option("--years", years, "of the normal life")->check(CLI::PositiveNumber);
  app.add_option("--out", out, "write the table there");
  CLI11_PARSE(app, argc, argv);

  const auto interval = parse_duration(looks);
  if (!interval) {
    std::cerr << "history_replay: --looks: " << interval.error().message << '\n';
    return 2;
  }
  if (!std::filesystem::exists(data)) {
    std::cout << "skipped: there are no recordings at " << data << '\n';
    return kSkipped;
  }
  spdlog::set_level(spdlog::level::off);  // the simulator tells every event of three years
  const auto past = read_past(data);
  if (!past) {
    std::cerr << "history_replay: " << past.error().message << '\n';
    return 2;
  }
  const LifeScript lived = past_life(*past);
  const LifeScript normal = normal_life(models, years);
  const Lived a = live("past", lived, *interval);
  const Lived b = live("normal", normal, *interval);
  const std::string table =
      report(lived, a.record, a.verdict, normal, b.record, b.verdict, command, *interval);
  std::cout << table;
  if (!out.empty()) std::ofstream(out) << table;
  return a.verdict.perfect() && b.verdict.perfect() ? 0 : 1;
}
