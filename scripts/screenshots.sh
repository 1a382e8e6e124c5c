#!/usr/bin/env bash
# Draws the pictures in docs/images/: the dashboards with Grafana's own panel components in Chromium,
# on a real Prometheus, and the status page. A simulated Together AI is watched for MINUTES first.
set -euo pipefail

cd "$(dirname "$0")/.."
readonly PROGRAM=screenshots
readonly ROOT=$PWD
readonly BIN=${BIN:-$ROOT/build/release/bin}
readonly SOURCE=scripts/screenshots
readonly APP=$ROOT/build/screenshots
readonly LOGS=$APP/logs
readonly OUT=${OUT:-$ROOT/docs/images}
readonly MINUTES=${MINUTES:-6}
readonly SCRAPE_SECONDS=2
# How many times as often as usual exporter.yml.in looks; rules wait that many times shorter.
readonly FASTER=60
# Whom the dashboard of one model shows: much happens to it in the scenario.
readonly MODEL=openai/gpt-oss-20b
# shellcheck source=scripts/processes.sh
source scripts/processes.sh

check_node() {
  node -e 'const [a, b] = process.versions.node.split(".").map(Number);
    process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' ||
    fail "Vite needs Node.js 20.19, 22.12 or newer; this is $(node --version) (Debian 12 has 18)"
}

# 530 MB, once: until the lock file changes.
install_modules() {
  cmp -s "$SOURCE/package-lock.json" "$APP/installed.json" && return
  say "installing Grafana's components into build/screenshots/node_modules (530 MB)"
  cp "$SOURCE"/package.json "$SOURCE"/package-lock.json "$APP/"
  npm ci --prefix "$APP" --ignore-scripts --no-audit --no-fund >"$LOGS/npm.log" 2>&1 ||
    fail "npm cannot install them: $(tail -n 1 "$LOGS/npm.log") (is there a network?)"
  cp "$SOURCE/package-lock.json" "$APP/installed.json"
}

# Dashboards become TypeScript, so that the compiler holds them against @grafana/schema.
build_app() {
  say "building what draws, and checking the dashboards against @grafana/schema"
  rm -rf "$APP/src" "$APP/checked" "$APP/dist"
  cp -r "$SOURCE"/{src,index.html,tsconfig.json,shoot.mjs} "$APP/"
  mkdir "$APP/checked"
  local file
  for file in dashboards/*.json; do
    {
      echo "import type { ClassicDashboard } from '../src/schema';"
      echo "export const dashboard: ClassicDashboard ="
      cat "$file"
    } >"$APP/checked/$(basename "$file" .json).ts"
  done
  (cd "$APP" && node_modules/.bin/tsc) || faulty=yes
  (cd "$APP" && node_modules/.bin/vite build --logLevel error)
}

start_everything() {
  exporter=127.0.0.1:$(free_port_from 10237)
  prometheus=127.0.0.1:$(free_port_from 9090)
  start_simulator "$BIN/together-simulator" --listen=127.0.0.1:0 \
    --scenario=simulator/scenarios/dashboards.yml
  sed -e "s|@BASE_URL@|$base_url|" -e "s|@DOCS_URL@|${base_url%/v1}/docs|" -e "s|@HERE@|$ROOT/$SOURCE|" \
    -e "s|@PROMETHEUS@|http://$prometheus|" -e "s|@STATE@|$scratch/state.db|" \
    "$SOURCE/exporter.yml.in" >"$scratch/exporter.yml"
  TOGETHER_API_KEY=simulator-key start exporter "$BIN/together-exporter" \
    "--config.file=$scratch/exporter.yml" "--web.listen-address=$exporter"
  wait_until_ready exporter "$exporter" /-/ready 90
  scripts/demo/pace.py "$scratch" "--faster=$FASTER" --receiver=http://127.0.0.1:9
  cat >"$scratch/prometheus.yml" <<END
global: {scrape_interval: ${SCRAPE_SECONDS}s, evaluation_interval: ${SCRAPE_SECONDS}s}
rule_files: ["$scratch/*.rules.yml"]
scrape_configs:
  - {job_name: together-exporter, static_configs: [{targets: ["$exporter"]}]}
END
  start prometheus prometheus "--config.file=$scratch/prometheus.yml" \
    "--web.listen-address=$prometheus" "--storage.tsdb.path=$scratch/prometheus"
  wait_until_ready prometheus "$prometheus" /-/ready 30
}

faulty=no
check_node
install_modules
start_everything
began=$(date +%s)
build_app
rest=$((began + MINUTES * 60 - $(date +%s)))
say "watching the simulated API for $MINUTES minutes"
if [[ $rest -gt 0 ]]; then sleep "$rest"; fi

# A picture that ends on a tick of its time axis has half a label there.
now=$(date +%s)
until=$((now - (now - 45) % 60))
(cd "$APP" && node shoot.mjs "--dashboards=$ROOT/dashboards" "--prometheus=http://$prometheus" \
  "--from=$((began + SCRAPE_SECONDS))" "--to=$until" "--scrape=$SCRAPE_SECONDS" "--faster=$FASTER" \
  "--model=$MODEL" "--status=http://$exporter/" "--out=$OUT") || faulty=yes
pngquant --force --ext .png --strip --speed 1 --skip-if-larger "$OUT"/{dashboard-*,status*}.png ||
  [[ $? == 98 ]]  # a picture would have grown, and stays as it was
[[ $faulty == no ]] || fail "not all is as it should be; it is said above"
say "the pictures are in $OUT/"
