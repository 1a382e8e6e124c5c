# Reads an OpenMetrics exposition with the Prometheus project's own Python parser; prints what it
# understood: a line a family, and a line a sample of a gauge, label values as JSON.
import json
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families

text = sys.stdin.buffer.read().decode("utf-8", "strict")
for family in text_string_to_metric_families(text):
    print(family.type, family.name, json.dumps(family.documentation))
    if family.type == "gauge":
        for sample in family.samples:
            print(sample.name, json.dumps(sample.labels), sample.value)
