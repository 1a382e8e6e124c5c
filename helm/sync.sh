#!/bin/sh
# Copies into the chart what Helm can only read there; with --check it compares instead.
set -eu
cd "$(dirname "$0")/.."
chart=helm/together-exporter/files
status=0
for from in alerts/*.rules.yml dashboards/*.json; do
  to=$chart/${from##*/}
  if cmp -s "$from" "$to"; then continue; fi
  if [ "${1:-}" = --check ]; then
    echo "$to is not a copy of $from; run helm/sync.sh" >&2
    status=1
  else
    cp "$from" "$to"
    echo "copied $from"
  fi
done
for copy in "$chart"/*; do
  name=${copy##*/}
  if [ ! -e "alerts/$name" ] && [ ! -e "dashboards/$name" ]; then
    echo "$copy is a copy of nothing" >&2
    status=1
  fi
done
exit $status
