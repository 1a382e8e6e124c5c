#!/usr/bin/env bash
# Everything together until Ctrl-C: a simulated Together AI to which things happen, the exporter,
# Prometheus with our rules, Alertmanager with our example, and a receiver that prints here what
# people would get. The rules wait FASTER times shorter than they do in production.
set -euo pipefail

cd "$(dirname "$0")/.."
readonly PROGRAM=demo
readonly BIN=$PWD/build/release/bin
readonly LOGS=$PWD/build/demo
readonly FASTER=${FASTER:-12}
# shellcheck source=scripts/processes.sh
source scripts/processes.sh

receiver=127.0.0.1:$(free_port_from 9095)
alertmanager=127.0.0.1:$(free_port_from 9093)
prometheus=127.0.0.1:$(free_port_from 9090)
exporter=127.0.0.1:$(free_port_from 10237)

start_simulator "$BIN/together-simulator" --listen=127.0.0.1:0 --scenario=simulator/scenarios/demo.yml

sed -e "s|@BASE_URL@|$base_url|" -e "s|@DOCS_URL@|${base_url%/v1}/docs|" \
  -e "s|@STATE@|$scratch/state.db|" scripts/demo/exporter.yml.in >"$scratch/exporter.yml"
TOGETHER_API_KEY=simulator-key start exporter "$BIN/together-exporter" \
  "--config.file=$scratch/exporter.yml" "--web.listen-address=$exporter"
wait_until_ready exporter "$exporter" /-/ready 90

scripts/demo/pace.py "$scratch" "--faster=$FASTER" "--receiver=http://$receiver"
# What people get goes to this terminal, the one program that does not write to a log.
PYTHONDONTWRITEBYTECODE=1 setsid setpriv --pdeathsig TERM \
  scripts/demo/receiver.py "${receiver##*:}" </dev/null &
pids[receiver]=$!
started+=(receiver)

start alertmanager prometheus-alertmanager "--config.file=$scratch/alertmanager.yml" \
  "--web.listen-address=$alertmanager" --cluster.listen-address= \
  "--storage.path=$scratch/alertmanager"
wait_until_ready alertmanager "$alertmanager" /-/ready 30

cat >"$scratch/prometheus.yml" <<END
global: {scrape_interval: 5s, evaluation_interval: 5s}
rule_files: ["$scratch/*.rules.yml"]
alerting: {alertmanagers: [{static_configs: [{targets: ["$alertmanager"]}]}]}
scrape_configs:
  - {job_name: together-exporter, static_configs: [{targets: ["$exporter"]}]}
END
start prometheus prometheus "--config.file=$scratch/prometheus.yml" \
  "--web.listen-address=$prometheus" "--storage.tsdb.path=$scratch/prometheus"
wait_until_ready prometheus "$prometheus" /-/ready 30

say "status page   http://$exporter/"
say "metrics       http://$exporter/metrics"
say "Prometheus    http://$prometheus/alerts"
say "Alertmanager  http://$alertmanager/"
say "logs          $LOGS/"
say "for the next six minutes: a retirement is announced, a price rises, a stream breaks, a model goes"
say "(the rules wait $FASTER times shorter than in production; Ctrl-C stops everything)"
wait_for_all
