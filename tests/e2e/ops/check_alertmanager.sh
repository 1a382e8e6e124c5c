#!/bin/sh
# The example configuration of Alertmanager: valid, routed as promised, readable. Usage: FILE
set -eu
config=$1
here=$(dirname "$0")
amtool check-config "$config"
python3 "$here/check_inhibitions.py" "$config"

route() {
  want=$1
  shift
  amtool config routes test --config.file="$config" --verify.receivers="$want" "$@" 2>&1 ||
    { echo "$* must go to $want" >&2; exit 1; }
}
route page severity=critical alertname=TogetherModelRemoved job=together model=a/b team=search
route page severity=critical alertname=TogetherRetirementScheduled job=together model=a/b
route page severity=critical alertname=TogetherProviderOutage job=together
route page severity=critical alertname=TogetherKeyRejected job=together
route page severity=critical alertname=TogetherExporterDown job=together
route ticket severity=warning alertname=TogetherModelRemoved job=together model=a/b
route ticket severity=warning alertname=TogetherPriceIncreased job=together model=a/b direction=input
route ticket severity=warning alertname=TogetherResponseShapeChanged job=together model=a/b
route ticket severity=warning alertname=TogetherShardMissing job=together
route digest severity=info alertname=TogetherRetirementScheduled job=together model=a/b
route digest severity=info alertname=TogetherModelUnpriced job=together model=a/b
route dead-mans-switch severity=info alertname=TogetherWatchdog
route ticket alertname=SomebodyElses

# The message, drawn from what Alertmanager hands over: $1 the data, $2 what it must read.
data=$(mktemp)
trap 'rm -f "$data"' EXIT
message() {
  printf '%s' "$1" >"$data"
  drawn=$(amtool template render --template.glob="$(dirname "$config")/templates/*.tmpl" \
    --template.data="$data" \
    --template.text='{{ template "together.title" . }}|{{ template "together.text" . }}')
  if [ "$drawn" != "$2" ]; then
    printf 'the message reads\n%s\nand should read\n%s\n' "$drawn" "$2" >&2
    exit 1
  fi
}

# One page.
message '{"receiver": "page", "status": "firing", "externalURL": "http://am", "groupLabels": {},
 "commonLabels": {"alertname": "TogetherModelRemoved", "severity": "critical", "model": "a/b"},
 "commonAnnotations": {"summary": "It is gone.", "runbook_url": "https://r/b.md"},
 "alerts": [
  {"status": "firing", "startsAt": "2026-11-21T01:35:11Z", "endsAt": "0001-01-01T00:00:00Z",
   "labels": {"alertname": "TogetherModelRemoved", "severity": "critical", "model": "a/b", "team": "search"},
   "annotations": {"summary": "It is gone.", "description": "a/b is gone.", "runbook_url": "https://r/b.md"}}]}' \
'[critical] TogetherModelRemoved: a/b|It is gone.
a/b is gone.
Since 2026-11-21 01:35 UTC, team search.
What to do: https://r/b.md'

# Two kinds in one digest, and one that is over.
message '{"receiver": "digest", "status": "firing", "externalURL": "http://am", "groupLabels": {},
 "commonLabels": {"severity": "info"}, "commonAnnotations": {},
 "alerts": [
  {"status": "firing", "startsAt": "2026-11-21T01:35:11Z", "endsAt": "0001-01-01T00:00:00Z",
   "labels": {"alertname": "TogetherRetirementScheduled", "severity": "info", "model": "a/b"},
   "annotations": {"summary": "It goes.", "description": "a/b goes in June.", "runbook_url": "https://r/s.md"}},
  {"status": "firing", "startsAt": "2026-11-21T01:36:11Z", "endsAt": "0001-01-01T00:00:00Z",
   "labels": {"alertname": "TogetherModelUnpriced", "severity": "info", "model": "c/d", "team": "ads"},
   "annotations": {"summary": "No price.", "description": "c/d has none.", "runbook_url": "https://r/u.md"}},
  {"status": "resolved", "startsAt": "2026-11-21T01:35:11Z", "endsAt": "2026-11-21T02:00:00Z",
   "labels": {"alertname": "TogetherModelUnpriced", "severity": "info", "model": "e/f"},
   "annotations": {"summary": "No price.", "description": "e/f has none.", "runbook_url": "https://r/u.md"}}]}' \
'[info, 2] Together AI|It goes.
a/b goes in June.
Since 2026-11-21 01:35 UTC. What to do: https://r/s.md
No price.
c/d has none.
Since 2026-11-21 01:36 UTC, team ads. What to do: https://r/u.md
Resolved at 2026-11-21 02:00 UTC: TogetherModelUnpriced, e/f'

# One that is over.
message '{"receiver": "ticket", "status": "resolved", "externalURL": "http://am", "groupLabels": {},
 "commonLabels": {"alertname": "TogetherPriceIncreased", "severity": "warning", "model": "a/b", "direction": "input"},
 "commonAnnotations": {"summary": "It is dearer.", "runbook_url": "https://r/p.md"},
 "alerts": [
  {"status": "resolved", "startsAt": "2026-11-21T01:35:11Z", "endsAt": "2026-11-22T01:40:00Z",
   "labels": {"alertname": "TogetherPriceIncreased", "severity": "warning", "model": "a/b", "direction": "input"},
   "annotations": {"summary": "It is dearer.", "description": "a/b is dearer.", "runbook_url": "https://r/p.md"}}]}' \
'[resolved] TogetherPriceIncreased: a/b|Resolved at 2026-11-22 01:40 UTC: TogetherPriceIncreased, a/b, input'
