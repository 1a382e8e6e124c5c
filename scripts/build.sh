#!/usr/bin/env bash
# Configures a preset where that is needed, and builds the targets named (none: everything).
#   scripts/build.sh release together-exporter together-simulator
set -euo pipefail

cd "$(dirname "$0")/.."
preset=$1
shift
folder=build/$preset
configured=$folder/.configured

# Ninja configures again by itself when a CMake file changed, but not for the presets.
if [[ ! -f $configured || CMakePresets.json -nt $configured ]]; then
  echo "build: configuring $folder"
  mkdir -p "$folder"
  if ! cmake --preset "$preset" >"$folder/configure.log" 2>&1; then
    cat "$folder/configure.log" >&2
    echo "build: error: cmake cannot configure $folder" >&2
    exit 1
  fi
  touch "$configured"
fi
if [[ $# -gt 0 ]]; then
  echo "build: building $* in $folder"
else
  echo "build: building everything in $folder"
fi
ninja -C "$folder" "$@"
