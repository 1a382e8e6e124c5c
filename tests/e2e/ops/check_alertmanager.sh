#!/bin/sh
# The example configuration of Alertmanager: valid, routed as promised, readable. Usage: FILE
set -eu
config=$1
amtool check-config "$config"

route() {
  want=$1
  shift
  amtool config routes test --config.file="$config" --verify.receivers="$want" "$@" 2>&1 ||
    { echo "$* must go to $want" >&2; exit 1; }
}
route page severity=critical alertname=TogetherModelRemoved job=together model=a/b team=search
route page severity=critical alertname=TogetherProviderOutage job=together
route page severity=critical alertname=TogetherKeyRejected job=together
route page severity=critical alertname=TogetherExporterDown job=together
route ticket severity=warning alertname=TogetherModelRemoved job=together model=a/b
route ticket severity=warning alertname=TogetherPriceIncreased job=together model=a/b direction=input
route digest severity=info alertname=TogetherRetirementScheduled job=together model=a/b
route ticket alertname=SomebodyElses

# The message, drawn from an alert as Alertmanager hands it over.
data=$(mktemp)
trap 'rm -f "$data"' EXIT
cat >"$data" <<'JSON'
{"receiver": "digest", "status": "firing", "externalURL": "http://am", "groupLabels": {},
 "commonLabels": {"alertname": "TogetherModelRemoved", "severity": "critical", "model": "a/b"},
 "commonAnnotations": {},
 "alerts": [
  {"status": "firing", "startsAt": "2026-11-21T01:35:11Z", "endsAt": "0001-01-01T00:00:00Z",
   "labels": {"alertname": "TogetherModelRemoved", "severity": "critical", "model": "a/b", "team": "search"},
   "annotations": {"summary": "It is gone.", "description": "a/b is gone.", "runbook_url": "https://r/b.md"}},
  {"status": "resolved", "startsAt": "2026-11-21T01:35:11Z", "endsAt": "2026-11-21T02:00:00Z",
   "labels": {"alertname": "TogetherModelRemoved", "severity": "critical", "model": "c/d"},
   "annotations": {"summary": "It is gone.", "description": "c/d is gone.", "runbook_url": "https://r/b.md"}}]}
JSON
drawn=$(amtool template render --template.glob="$(dirname "$config")/templates/*.tmpl" \
  --template.data="$data" \
  --template.text='{{ template "together.title" . }}|{{ template "together.text" . }}')
want='[critical] TogetherModelRemoved: a/b|It is gone.
a/b is gone.
Since 2026-11-21 01:35 UTC, team search. What to do: https://r/b.md
Resolved at 2026-11-21 02:00 UTC: TogetherModelRemoved, c/d'
if [ "$drawn" != "$want" ]; then
  printf 'the message reads\n%s\nand should read\n%s\n' "$drawn" "$want" >&2
  exit 1
fi
