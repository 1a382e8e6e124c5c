# Sourced by scripts that run our programs until Ctrl-C. The sourcing script sets PROGRAM, what its
# lines begin with, and LOGS, the folder of its logs; "$scratch" goes when it ends.
# shellcheck shell=bash

mkdir -p "$LOGS"
scratch=$(mktemp -d)
started=()
declare -A pids=()

say() { echo "$PROGRAM: $*"; }

fail() {
  echo "$PROGRAM: error: $*" >&2
  exit 1
}

# A program that died is told with the end of its log.
fail_with_log() {
  tail -n 20 "$LOGS/$1.log" >&2
  fail "$2; the end of $LOGS/$1.log is above"
}

# What was started last goes first, so that no program sees those die that it needs.
stop_all() {
  local i
  for ((i = ${#started[@]} - 1; i >= 0; --i)); do
    kill -TERM "${pids[${started[i]}]}" 2>/dev/null || true
    wait "${pids[${started[i]}]}" 2>/dev/null || true
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

# In a session of its own, so that Ctrl-C reaches this script alone; it ends if this script does.
start() {
  local name=$1
  shift
  : >"$LOGS/$name.log"  # nobody may read what an earlier run wrote
  setsid setpriv --pdeathsig TERM "$@" >"$LOGS/$name.log" 2>&1 </dev/null &
  pids[$name]=$!
  started+=("$name")
}

is_running() { kill -0 "${pids[$1]}" 2>/dev/null; }

# Ends as soon as one program has ended, with that program's log.
wait_for_all() {
  wait -n || true
  local name
  for name in "${started[@]}"; do
    is_running "$name" || fail_with_log "$name" "the $name ended by itself"
  done
}

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

# Waits until GET http://$2$3 of the program $1 is answered with 200, for $4 seconds at most.
wait_until_ready() {
  local tries
  for ((tries = 0; tries < $4 * 5; ++tries)); do
    is_running "$1" || fail_with_log "$1" "the $1 ended at once"
    [[ $(http_status "$2" "$3") != 200 ]] || return 0
    sleep 0.2
  done
  fail_with_log "$1" "the $1 was not ready after $4 seconds"
}

is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The port $1, or the next one that is free.
free_port_from() {
  local port=$1
  while is_taken "$port"; do port=$((port + 1)); done
  echo "$port"
}

# Starts the simulator on a free port; its address is in $base_url.
start_simulator() {
  start simulator "$@"
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
