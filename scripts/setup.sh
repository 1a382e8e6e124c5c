#!/usr/bin/env bash
# Installs what is missing of the groups named: build, test, lint, screenshots. Says one line a
# step, and is quick where nothing is missing: only dpkg-query is asked.
#   scripts/setup.sh build test
set -euo pipefail

cd "$(dirname "$0")/.."
readonly HELM_VERSION=v3.12.3
readonly HELM=build/tools/helm
readonly AXE_VERSION=4.14.1
readonly AXE=build/tools/node_modules/axe-core/package.json

readonly BUILD_PACKAGES="ca-certificates g++ cmake ninja-build ccache pkg-config
  prometheus-cpp-dev libcivetweb-dev libcurl4-openssl-dev nlohmann-json3-dev libgtest-dev
  libgmock-dev libasio-dev libyaml-cpp-dev libsqlite3-dev libspdlog-dev libfmt-dev libcli11-dev
  libexpected-dev zlib1g-dev libssl-dev libcrypt-dev"
readonly TEST_PACKAGES="prometheus prometheus-alertmanager python3 python3-yaml
  python3-prometheus-client python3-icalendar python3-vobject python3-selenium chromium chromium-driver
  openssl curl jq iproute2"
readonly SCREENSHOT_PACKAGES="prometheus python3 chromium pngquant"
readonly LINT_PACKAGES="clang-format-14 clang-tidy-14 shellcheck yamllint"

say() { echo "setup: $*"; }
fail() {
  echo "setup: error: $*" >&2
  exit 1
}

# The packages among those named that are not installed.
missing() {
  local installed
  # dpkg-query fails where it does not know a name; such a package is missing.
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
  local package
  for package in "$@"; do
    grep -qx "installed $package" <<<"$installed" || echo "$package"
  done
}

as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  else
    sudo "$@"
  fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 "$@"
}

log=$(mktemp)
trap 'allow_services; rm -f "$log"' EXIT

# Debian starts a service as soon as its package is installed. The tests start their own.
readonly POLICY=/usr/sbin/policy-rc.d
policy_is_ours=no
forbid_services() {
  [[ -e $POLICY ]] && return
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$POLICY" >/dev/null
  as_root chmod 755 "$POLICY"
  policy_is_ours=yes
}
allow_services() {
  if [[ $policy_is_ours == yes ]]; then as_root rm -f "$POLICY"; fi
  policy_is_ours=no
}

install_packages() {
  say "updating apt's lists"
  local hint=""
  apt update >"$log" 2>&1 || hint=" (is there a network?)"
  if grep -q 'Failed to fetch' "$log"; then hint=" (is there a network?)"; fi
  say "installing $# packages: $*"
  if [[ " $* " == *" prometheus"* ]]; then forbid_services; fi
  if ! apt install -y --no-install-recommends "$@" 2>&1 | tee "$log" |
    sed -un 's/^Setting up \([^ ]*\) .*/setup:   \1/p'; then
    fail "apt-get cannot install the packages: $(grep -m1 '^E: ' "$log" || tail -n 1 "$log")$hint"
  fi
  local package
  for package in prometheus prometheus-alertmanager; do
    if [[ " $* " == *" $package "* ]]; then
      as_root systemctl disable "$package" >/dev/null 2>&1 || true  # no systemd: nothing to disable
      say "$package is installed but not started, now or at boot"
    fi
  done
  allow_services
}

go_is_new_enough() {
  command -v go >/dev/null && go version | grep -qE 'go1\.(19|[2-9][0-9])([^0-9]|$)'
}

# Debian has no package of it.
build_helm() {
  [[ -x $HELM ]] && return
  mkdir -p "$(dirname "$HELM")"
  if command -v helm >/dev/null; then
    ln -s "$(command -v helm)" "$HELM"
    return
  fi
  say "building helm $HELM_VERSION for the chart's tests, once (some minutes)"
  if ! GOBIN=$PWD/$(dirname "$HELM") go install -v "helm.sh/helm/v3/cmd/helm@$HELM_VERSION" 2>&1 |
    tee "$log" | awk 'NR % 100 == 0 {print "setup:   " NR " parts fetched or compiled"; fflush()}'; then
    fail "go cannot build helm: $(tail -n 1 "$log") (is there a network?)"
  fi
}

# Judges the status page. Debian has no package of it either.
install_axe() {
  grep -qs "\"version\": \"$AXE_VERSION\"" "$AXE" && return
  say "installing axe-core $AXE_VERSION for the status page's tests"
  npm install --prefix build/tools --no-save --no-package-lock --no-audit --no-fund --ignore-scripts \
    "axe-core@$AXE_VERSION" >"$log" 2>&1 ||
    fail "npm cannot install axe-core: $(grep -m1 'npm ERR\|npm error' "$log") (is there a network?)"
}

command -v apt-get >/dev/null ||
  fail "this needs Debian or Ubuntu, for there is no apt-get; $0 lists the packages it would install"

[[ $# -gt 0 ]] || set -- build test lint
wanted=()
for group in "$@"; do
  case $group in
    build) read -r -d '' -a packages <<<"$BUILD_PACKAGES" || true ;;
    test)
      read -r -d '' -a packages <<<"$TEST_PACKAGES" || true
      [[ -x $HELM ]] || command -v helm >/dev/null || go_is_new_enough || packages+=(golang-go)
      [[ -e $AXE ]] || command -v npm >/dev/null || packages+=(npm)
      ;;
    lint) read -r -d '' -a packages <<<"$LINT_PACKAGES" || true ;;
    screenshots)
      read -r -d '' -a packages <<<"$SCREENSHOT_PACKAGES" || true
      command -v npm >/dev/null || packages+=(npm)
      ;;
    *) fail "there is no group \"$group\"; the groups are build, test, lint and screenshots" ;;
  esac
  wanted+=("${packages[@]}")
done

mapfile -t absent < <(missing "${wanted[@]}")
if [[ ${#absent[@]} -gt 0 ]]; then
  [[ $(id -u) == 0 ]] || command -v sudo >/dev/null ||
    fail "these packages are missing and there is neither root nor sudo to install them: ${absent[*]}"
  install_packages "${absent[@]}"
fi
if [[ " $* " == *" test "* ]]; then
  build_helm
  install_axe
fi
say "everything for $* is installed"
