// The command line: flags in, one command out.
#include <iostream>

#include <CLI/CLI.hpp>

#include "exporter/cli/commands.h"
#include "exporter/log/log.h"

namespace together {
namespace {

std::string version_text() {
  const BuildInfo build = build_info();
  return "together-exporter, version " + build.version + " (revision " + build.revision +
         ", compiler " + build.compiler + ")";
}

}  // namespace

int run_command_line(int argc, char** argv) {
  CLI::App app{
      "Watches the models of a Together AI account and exports what it sees to Prometheus."};
  app.name("together-exporter");
  app.set_version_flag("--version", version_text());

  ServeOptions options;
  std::string log_level = "info";
  std::string log_format = "logfmt";
  app.add_option("--config.file", options.config_file, "Configuration, see docs/configuration.md.");
  app.add_option("--web.listen-address", options.listen_addresses,
                 "Address to serve on; repeatable.")
      ->capture_default_str()
      ->allow_extra_args(false);
  app.add_option("--web.telemetry-path", options.telemetry_path, "Path of the metrics.")
      ->capture_default_str();
  app.add_option("--web.config.file", options.web_config_file,
                 "Basic authentication and headers, in exporter-toolkit's format.");
  app.add_flag("--web.enable-lifecycle", options.enable_lifecycle, "Allow POST /-/reload.");
  app.add_option("--log.level", log_level, "debug, info, warn or error.")->capture_default_str();
  app.add_option("--log.format", log_format, "logfmt or json.")->capture_default_str();
  app.add_option("--shard.index", options.shard_index,
                 "Which share of the models to watch, from 0.")
      ->capture_default_str();
  app.add_option("--shard.total", options.shard_total, "How many exporters share the models.")
      ->capture_default_str();

  std::string checked_file;
  CLI::App* check = app.add_subcommand("check-config", "Validate a configuration file.");
  check->add_option("FILE", checked_file, "The file.")->required();
  std::string models_file;
  check->add_option("--models", models_file,
                    "A saved answer of GET /models: its prices make the expected cost.");

  ProbeOptions probe_options;
  CLI::App* probe = app.add_subcommand("probe", "Look once and tell what was seen.");
  probe->add_option("--config.file", probe_options.config_file, "Configuration.")->required();
  probe->add_option("--probe", probe_options.probe, "The probe's name.")->required();
  probe->add_option("--model", probe_options.model, "The model's id; none for an account's probe.");

  probe->add_option("--part", probe_options.part,
                    "Which of an account's parts: a list's or a source's name.");

  ScanCommandOptions scan_options;
  CLI::App* scan = app.add_subcommand("scan", "Find hard-coded model ids in source trees.");
  scan->add_option("--config.file", scan_options.config_file, "Configuration.")->required();
  scan->add_option("PATH", scan_options.paths, "Files and folders.")->required();
  scan->add_option("--format", scan_options.format, "text, json or sarif.")
      ->check(CLI::IsMember({"text", "json", "sarif"}))
      ->capture_default_str();
  scan->add_option("--within", scan_options.within, "How far ahead a removal date matters.")
      ->capture_default_str();
  scan->add_flag("--all", scan_options.show_all, "Show ids that are fine as well.");
  scan->add_flag("--offline", scan_options.offline,
                 "Ask nobody: use what the exporter with this configuration stored.");

  // Made by `make docs`; not for users.
  CLI::App* docs = app.add_subcommand("docs-metrics")->group("");

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  if (const auto set = set_up_log(log_level, log_format); !set) {
    std::cerr << "together-exporter: " << set.error().message << '\n';
    return kExitUsage;
  }
  if (*check) return check_config(checked_file, models_file);
  if (*probe) return run_probe(probe_options);
  if (*scan) return run_scan(scan_options);
  if (*docs) return print_metric_docs();
  return serve(options);
}

}  // namespace together
