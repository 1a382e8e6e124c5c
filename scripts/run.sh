#!/usr/bin/env bash
# Runs the exporter until Ctrl-C: on the simulator, or on the real API where TOGETHER_API_KEY is
# set. LISTEN=ADDRESS:PORT chooses where it listens, CONFIG=FILE another configuration.
set -euo pipefail

cd "$(dirname "$0")/.."
readonly BIN=$PWD/build/release/bin
readonly LOGS=$PWD/build/run
readonly READY_SECONDS=90
mkdir -p "$LOGS"
scratch=$(mktemp -d)
declare -A pids=()

say() { echo "run: $*"; }

# The exporter goes first, so that it does not see the simulator die.
stop_all() {
  local name
  for name in exporter simulator; do
    [[ -n ${pids[$name]:-} ]] || continue
    kill -TERM "${pids[$name]}" 2>/dev/null || true
    wait "${pids[$name]}" 2>/dev/null || true
    unset "pids[$name]"
  done
  rm -rf "$scratch"
}

stopped_by_user() {
  trap '' INT TERM HUP
  echo
  say "stopping"
  exit 0
}
trap stop_all EXIT
trap stopped_by_user INT TERM HUP

fail() {
  echo "run: error: $*" >&2
  exit 1
}

# A program that died is told with the end of its log.
fail_with_log() {
  tail -n 20 "$LOGS/$1.log" >&2
  fail "$2; the end of $LOGS/$1.log is above"
}

# In a session of its own, so that Ctrl-C reaches this script alone; it ends if this script does.
start() {
  local name=$1
  shift
  setsid setpriv --pdeathsig TERM "$@" >"$LOGS/$name.log" 2>&1 </dev/null &
  pids[$name]=$!
}

is_running() { kill -0 "${pids[$1]}" 2>/dev/null; }

# HTTP status of GET http://$1$2, "" where nothing answers.
http_status() {
  local status=""
  # curl is not among the packages that building needs.
  { exec 3<>"/dev/tcp/${1%:*}/${1##*:}"; } 2>/dev/null || return 0
  printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$2" "$1" >&3
  read -r -t 5 _ status _ <&3 || true
  exec 3>&-
  echo "$status"
}

is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

choose_address() {
  if [[ -n ${LISTEN:-} ]]; then
    listen=$LISTEN
    return
  fi
  local port=10237
  while is_taken "$port"; do port=$((port + 1)); done
  [[ $port == 10237 ]] || say "port 10237 is taken; using $port (LISTEN=ADDRESS:PORT chooses another)"
  listen=127.0.0.1:$port
}

start_simulator() {
  start simulator "$BIN/together-simulator" --listen=127.0.0.1:0
  local tries
  for ((tries = 0; tries < 100; ++tries)); do
    base_url=$(sed -n 's/^together-simulator: listening on //p' "$LOGS/simulator.log")
    [[ -z $base_url ]] || break
    is_running simulator || fail_with_log simulator "the simulator ended at once"
    sleep 0.1
  done
  [[ -n $base_url ]] || fail_with_log simulator "the simulator did not say where it listens"
  say "the simulator answers at $base_url"
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
    start_simulator
    sed -e "s|@BASE_URL@|$base_url|" -e "s|@DOCS_URL@|${base_url%/v1}/docs|" \
      -e "s|@STATE@|$scratch/state.db|" \
      scripts/run/simulator.yml.in >"$config"
    export TOGETHER_API_KEY=simulator-key
  fi
}

wait_until_ready() {
  local address=$listen
  [[ $address != :* && $address != 0.0.0.0:* ]] || address=127.0.0.1:${address##*:}
  local tries
  for ((tries = 0; tries < READY_SECONDS * 5; ++tries)); do
    is_running exporter || fail_with_log exporter "the exporter ended at once"
    [[ $(http_status "$address" /-/ready) != 200 ]] || break
    sleep 0.2
  done
  ((tries < READY_SECONDS * 5)) ||
    fail_with_log exporter "the exporter was not ready after $READY_SECONDS seconds"
  say "status page  http://$address/"
  say "metrics      http://$address/metrics"
  say "logs         $LOGS/exporter.log"
  say "Ctrl-C stops everything"
}

choose_address
write_config
start exporter "$BIN/together-exporter" "--config.file=$config" "--web.listen-address=$listen"
wait_until_ready

wait -n || true
for name in "${!pids[@]}"; do
  is_running "$name" || fail_with_log "$name" "the $name ended by itself"
done
