// `scan`: which model ids stand in a source tree, and what becomes of them.
#include <algorithm>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <set>

#include "exporter/cli/commands.h"
#include "exporter/cli/knowledge.h"
#include "exporter/cli/loading.h"
#include "exporter/core/duration.h"
#include "exporter/engine/jobs.h"
#include "exporter/scan/render.h"
#include "exporter/scan/scan.h"
#include "exporter/state/read_beliefs.h"

namespace together {
namespace {

int refuse(const std::string& why) {
  std::cerr << "together-exporter scan: " << why << '\n';
  return kExitUsage;
}

Result<void> remember(const Config& config, Ledger& ledger, WallTime now) {
  if (config.state_path.empty()) {
    return fail("--offline needs a state database: state.path is empty in this configuration");
  }
  const auto stored = read_beliefs(config.state_path);
  if (!stored) return tl::make_unexpected(stored.error());
  ledger.restore(*stored, now);
  if (ledger.names().ids().empty()) {
    return fail("the state database " + config.state_path + " knows no model yet");
  }
  return {};
}

std::vector<std::string> ids_in(const ScanReport& report) {
  std::set<std::string> ids;
  for (const auto& finding : report.findings) ids.insert(finding.known.id);
  return {ids.begin(), ids.end()};
}

std::string render(const ScanReport& report, const ScanCommandOptions& options) {
  if (options.format == "json") return render_json(report);
  if (options.format == "sarif") {
    return render_sarif(report, options.show_all, build_info().version);
  }
  return render_text(report, options.show_all);
}

}  // namespace

int run_scan(const ScanCommandOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);
  const auto within = parse_duration(options.within);
  if (!within) return refuse("--within: " + within.error().message);
  const auto config = load(options.config_file);
  if (!config) {
    std::cerr << config.error().message << '\n';
    return kExitUsage;
  }
  for (const auto& path : options.paths) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) return refuse("there is no \"" + path + "\"");
  }
  const ScanOptions how{*within, std::chrono::system_clock::now()};
  Ledger ledger(ledger_settings(*config), tracked_models(*config), how.now);
  std::unique_ptr<Looker> looker;
  if (options.offline) {
    if (const auto known = remember(*config, ledger, how.now); !known) {
      return refuse(known.error().message);
    }
  } else {
    auto made = Looker::make(*config);
    if (!made) return refuse(made.error().message);
    looker = std::move(*made);
    if (const auto learnt = learn_lists(*looker, *config, ledger); !learnt) {
      return refuse(learnt.error().message);
    }
  }
  const auto ignore = [](const std::string&) {};
  const auto warn = [](const std::string& what) {
    std::cerr << "together-exporter scan: " << what << '\n';
  };
  if (looker) {
    // First what is there to ask about, then the answers.
    const ScanReport found = scan(options.paths, IdIndex(known_ids(ledger)), how, ignore);
    learn_states(*looker, *config, ids_in(found), ledger);
  }
  const ScanReport report = scan(options.paths, IdIndex(known_ids(ledger)), how, warn);
  std::cout << render(report, options);
  return is_bad(report) ? kExitBad : kExitOk;
}

}  // namespace together
