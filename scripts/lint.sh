#!/usr/bin/env bash
# Checks form: clang-format, clang-tidy, shellcheck, yamllint. Every finding is an error. All checks
# run, so that one call tells everything.
set -euo pipefail

cd "$(dirname "$0")/.."
failed=()
check() {
  local name=$1
  shift
  echo "lint: $name"
  "$@" || failed+=("$name")
}

mapfile -t sources < <(git ls-files '*.cpp' '*.h')
mapfile -t scripts < <(git ls-files '*.sh' .ci/run)
# A chart's templates are no YAML before Helm has read them.
mapfile -t yaml < <(git ls-files '*.yml' '*.yaml' | grep -v -e '^helm/.*/templates/' -e '^tests/')

check "clang-format on ${#sources[@]} files" clang-format-14 --dry-run -Werror "${sources[@]}"
check "shellcheck on ${#scripts[@]} scripts" shellcheck "${scripts[@]}"
check "yamllint on ${#yaml[@]} files" \
  yamllint --strict -d "{extends: relaxed, rules: {line-length: disable}}" "${yaml[@]}"

tidy() {
  local log=build/release/clang-tidy.log
  if ! run-clang-tidy-14 -quiet -p build/release -j "$(nproc)" "^$PWD/(exporter|probes|simulator)/" \
    2>/dev/null | sed 's/\x1b\[[0-9;]*m//g' >"$log"; then
    grep -E -A 5 ' (error|warning): ' "$log" || tail -n 20 "$log"
    return 1
  fi
}
check "clang-tidy on exporter, probes and simulator (some minutes)" tidy

if [[ ${#failed[@]} -gt 0 ]]; then
  printf 'lint: failed: %s\n' "${failed[@]}" >&2
  exit 1
fi
echo "lint: nothing found"
