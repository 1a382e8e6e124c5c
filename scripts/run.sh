#!/usr/bin/env bash
# Runs the exporter until Ctrl-C: on the simulator, or on the real API where TOGETHER_API_KEY is
# set. LISTEN=ADDRESS:PORT chooses where it listens, CONFIG=FILE another configuration.
set -euo pipefail

cd "$(dirname "$0")/.."
readonly PROGRAM=run
readonly BIN=$PWD/build/release/bin
readonly LOGS=$PWD/build/run
readonly READY_SECONDS=90
# shellcheck source=scripts/processes.sh
source scripts/processes.sh

choose_address() {
  if [[ -n ${LISTEN:-} ]]; then
    listen=$LISTEN
    return
  fi
  local port
  port=$(free_port_from 10237)
  [[ $port == 10237 ]] || say "port 10237 is taken; using $port (LISTEN=ADDRESS:PORT chooses another)"
  listen=127.0.0.1:$port
}

write_config() {
  config=$scratch/config.yml
  if [[ -n ${CONFIG:-} ]]; then
    config=$CONFIG
  elif [[ -n ${TOGETHER_API_KEY:-} ]]; then
    config=$LOGS/config.yml
    sed "s|/var/lib/together-exporter/state.db|$LOGS/state.db|" packaging/config.example.yml >"$config"
    say "watching the real API with $config; its probes spend at most the budget written there"
  else
    say "TOGETHER_API_KEY is not set: watching a simulated API"
    start_simulator "$BIN/together-simulator" --listen=127.0.0.1:0
    sed -e "s|@BASE_URL@|$base_url|" -e "s|@DOCS_URL@|${base_url%/v1}/docs|" \
      -e "s|@STATE@|$scratch/state.db|" \
      scripts/run/simulator.yml.in >"$config"
    export TOGETHER_API_KEY=simulator-key
  fi
}

choose_address
write_config
start exporter "$BIN/together-exporter" "--config.file=$config" "--web.listen-address=$listen"
address=$listen
[[ $address != :* && $address != 0.0.0.0:* ]] || address=127.0.0.1:${address##*:}
wait_until_ready exporter "$address" /-/ready "$READY_SECONDS"
say "status page  http://$address/"
say "metrics      http://$address/metrics"
say "logs         $LOGS/exporter.log"
say "Ctrl-C stops everything"
wait_for_all
