"""The vocabulary dashboards are written in: targets, thresholds, panels, columns, links."""

RUNBOOKS = "https://github.com/together-exporter/together-exporter/blob/main/alerts/runbooks"
DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
WHERE = 'job=~"$job", instance=~"$instance"'
MODELS = WHERE + ', model=~"$model"'
# Also what is account-wide and has no model.
MODELS_OR_NONE = WHERE + ', model=~"$model|"'

# In the order of attention, the code of each state in state timelines.
STATES = {
    "available": (1, "green"),
    "throttled": (2, "semi-dark-yellow"),
    "redirected": (3, "purple"),
    "unknown": (4, "gray"),
    "suspect": (5, "yellow"),
    "blocked": (6, "orange"),
    "down": (7, "semi-dark-red"),
    "removed": (8, "dark-red"),
}
FAINT = "rgba(128, 128, 128, 0.25)"
LETTERS = "ABCDEFGHIJKLMNOP"

# How many characters the contents of a table's column need, by its unit or its name. Columns that
# are in neither hold long names, and share what the others leave.
CHARACTERS = {"none": 5, "short": 5, "s": 6, "currencyUSD": 7, "dateTimeAsIso": 19,
              "dateTimeFromNow": 18}
WORDS = {"Compiler": 12, "Direction": 12, "Evidence": 9, "Fault": 10, "Fingerprint": 18,
         "Hardware": 23, "Modality": 10, "Named by": 12, "Of": 4, "Organization": 14,
         "Position": 8, "Probe": 12, "Revision": 12, "Severity": 8, "Shard": 5, "Source": 12,
         "State": 10, "Surface": 19, "Team": 10, "Unit": 18, "Version": 8,
         "Why it does not answer": 22}
LONG = 180  # pixels


def target(expr, legend="__auto", instant=False, form="time_series"):
    return {"datasource": DATASOURCE, "editorMode": "code", "expr": expr, "format": form,
            "instant": instant, "range": not instant, "legendFormat": legend}


def latest(metric, by="model", where=MODELS):
    """The value that any of the chosen exporters has; several may watch the same model."""
    return f"max by ({by}) ({metric}{{{where}}})"


def grown(metric, by, where=MODELS, over="$__rate_interval"):
    return f"sum by ({by}) (increase({metric}{{{where}}}[{over}]))"


def quantile(q, metric, by="model", where=MODELS):
    return (f"histogram_quantile({q}, sum by (le, {by}) "
            f"(rate({metric}_bucket{{{where}}}[$__rate_interval])))")


def steps(*pairs):
    """Absolute thresholds: steps((None, "green"), (5, "red"))."""
    return {"mode": "absolute", "steps": [{"value": at, "color": color} for at, color in pairs]}


def mapping(words):
    """Value mappings: mapping({0: ("clear", "green"), 1: ("active", "red")})."""
    options = {str(value): {"index": i, "text": text, "color": color}
               for i, (value, (text, color)) in enumerate(words.items())}
    return [{"type": "value", "options": options}]


YES_NO = mapping({0: ("no", "red"), 1: ("yes", "green")})
PLAIN_YES_NO = mapping({0: ("no", "text"), 1: ("yes", "text")})
KEPT = mapping({0: ("broken", "red"), 1: ("kept", "green")})
BAD_BELOW_ONE = steps((None, "red"), (1, "green"))
NONE_IS_PLAIN = steps((None, "text"), (1, "green"))
# Values that are neither good nor bad, where they are a background.
PLAIN = steps((None, "blue"))
BAD_ABOVE_ZERO = steps((None, "green"), (0.001, "red"))
DAYS_LEFT = steps((None, "red"), (3, "orange"), (14, "yellow"), (30, "green"))
RATIO = steps((None, "green"), (1, "text"), (1.000001, "orange"), (1.100001, "red"))
STATE_CODES = mapping({code: (state, color) for state, (code, color) in STATES.items()})
STATE_NAMES = mapping({state: (state, color) for state, (_, color) in STATES.items()})


def state_code(where=MODELS):
    return "max by (model) (" + " or ".join(
        f'{code} * together_model_state{{{where}, state="{state}"}}'
        for state, (code, _) in STATES.items()) + ")"


def runbook(alert):
    return {"title": f"Runbook: {alert}", "url": f"{RUNBOOKS}/{alert}.md", "targetBlank": True}


def dashboard_link(uid, title, model=None):
    """To another of our dashboards, with data source, job, instance and time as they are."""
    chosen = f"var-model={model}" if model else "${model:queryparam}"
    return {"title": title, "targetBlank": False,
            "url": f"/d/{uid}?{chosen}&${{datasource:queryparam}}&${{job:queryparam}}"
                   "&${instance:queryparam}&${__url_time_range}"}


def panel(kind, title, description, targets, unit, size, thresholds=None, mappings=None,
          defaults=None, overrides=None, options=None, links=None, transformations=None,
          interval=None):
    for letter, one in zip(LETTERS, targets, strict=False):
        one["refId"] = letter
    made = {
        "type": kind,
        "title": title,
        "description": description,
        "datasource": DATASOURCE,
        "gridPos": {"w": size[0], "h": size[1]},
        "targets": targets,
        "fieldConfig": {
            "defaults": {"unit": unit, "mappings": mappings or [],
                         "thresholds": thresholds or steps((None, "green")),
                         "color": {"mode": "palette-classic"}, **(defaults or {})},
            "overrides": overrides or [],
        },
        "options": options or {},
        "links": links or [],
    }
    if transformations:
        made["transformations"] = transformations
    if interval:
        made["interval"] = interval
    return made


def stat(title, description, targets, unit, size, defaults=None, **more):
    options = {"reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
               "colorMode": "background", "graphMode": "none", "textMode": "value_and_name",
               "justifyMode": "auto", "orientation": "auto"}
    return panel("stat", title, description, targets, unit, size, options=options,
                 defaults={"color": {"mode": "thresholds"}, **(defaults or {})}, **more)


def gauges(title, description, targets, unit, size, defaults=None, **more):
    """A bar for each series, as it is now."""
    options = {"reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
               "displayMode": "basic", "orientation": "horizontal", "showUnfilled": True,
               "valueMode": "color", "namePlacement": "left", "sizing": "manual",
               "minVizHeight": 16, "maxVizHeight": 32, "minVizWidth": 8}
    return panel("bargauge", title, description, targets, unit, size, options=options,
                 defaults={"color": {"mode": "thresholds"}, **(defaults or {})}, **more)


def lines(title, description, targets, unit, size, defaults=None, custom=None, **more):
    drawn = {"drawStyle": "line", "lineWidth": 1, "fillOpacity": 0, "showPoints": "auto",
             "spanNulls": 1800000, **(custom or {})}
    if "thresholds" in more:
        drawn["thresholdsStyle"] = {"mode": "dashed"}
    options = {"legend": {"displayMode": "table", "placement": "bottom", "showLegend": True,
                          "calcs": ["lastNotNull", "max"]},
               "tooltip": {"mode": "multi", "sort": "desc"}}
    return panel("timeseries", title, description, targets, unit, size,
                 defaults={"custom": drawn, "min": 0, **(defaults or {})}, options=options, **more)


def bars(title, description, targets, size, unit="short", interval="15m", **more):
    """What happened in each stretch of time. Looks are minutes apart, so no stretch is shorter."""
    more.setdefault("defaults", {"decimals": 0})
    custom = {"drawStyle": "bars", "fillOpacity": 60, "showPoints": "never", "spanNulls": False,
              "stacking": {"mode": "normal", "group": "A"}}
    return lines(title, description, targets, unit, size, custom=custom, interval=interval, **more)


def timeline(title, description, targets, size, mappings, **more):
    options = {"mergeValues": True, "showValue": "auto", "alignValue": "left", "rowHeight": 0.9,
               "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
               "tooltip": {"mode": "single", "sort": "none"}}
    defaults = {"custom": {"lineWidth": 0, "fillOpacity": 80}, "color": {"mode": "thresholds"}}
    return panel("state-timeline", title, description, targets, "none", size, mappings=mappings,
                 defaults=defaults, options=options, **more)


def heatmap(title, description, expr, size, interval="15m", **more):
    options = {"calculate": False, "cellGap": 1, "yAxis": {"unit": "s", "axisPlacement": "left"},
               "color": {"mode": "scheme", "scheme": "Oranges", "steps": 64, "fill": "orange",
                         "exponent": 0.5},
               "cellValues": {"unit": "short"}, "rowsFrame": {"layout": "auto"},
               "tooltip": {"mode": "single", "yHistogram": False},
               "legend": {"show": True}, "filterValues": {"le": 1e-9}}
    return panel("heatmap", title, description, [target(expr, "{{le}}", form="heatmap")], "short",
                 size, interval=interval, options=options, **more)


def column(name, unit="none", **properties):
    """A column of a table, by the name people read. Its thresholds colour its text."""
    properties = {"unit": unit, **properties}
    if "thresholds" in properties or "mappings" in properties:
        properties.setdefault("custom.cellOptions", {"type": "color-text"})
    return {"matcher": {"id": "byName", "options": name},
            "properties": [{"id": key, "value": value} for key, value in properties.items()]}


def width(one):
    """Of a column, in pixels; None for those that share what the others leave."""
    name = one["matcher"]["options"]
    unit = next(prop["value"] for prop in one["properties"] if prop["id"] == "unit")
    characters = WORDS.get(name) if unit == "string" else CHARACTERS[unit]
    return characters and 20 + 15 * max(characters, len(name)) // 2


def with_widths(columns, sort):
    """The same columns. Where none would share what is left, the first one takes it."""
    widths = [width(one) for one in columns]
    if None not in widths:
        widths[0] = None
    made = []
    for one, pixels in zip(columns, widths, strict=True):
        arrow = 16 if one["matcher"]["options"] == sort else 0
        fixed = [{"id": "custom.width", "value": pixels + arrow}] if pixels else []
        made.append({**one, "properties": one["properties"] + fixed})
    return made


def state_column(name="State"):
    return column(name, unit="string", mappings=STATE_NAMES,
                  **{"custom.cellOptions": {"type": "color-background", "mode": "basic"}})


def yes_no_column(name):
    return column(name, mappings=YES_NO)


def model_column(name="Model"):
    return column(name, unit="string",
                  links=[dashboard_link("together-model", "This model", "${__value.raw}")])


def price_column(name):
    return column(name, unit="currencyUSD", decimals=3)


def when_column(name):
    """The expression gives seconds; Grafana wants milliseconds: see moment()."""
    return column(name, unit="dateTimeFromNow")


def moment(expr):
    return f"1000 * {expr}"


def table(title, description, size, labels, values, sort=None, descending=False, hidden=(), **more):
    """`labels`: the labels that are shown, with their columns, in order. `values`: expressions,
    each with its column, or None where only its labels matter. A column can be a mere name.
    `sort`: the name of the column that the rows are ordered by."""
    labels = {label: column(one, unit="string") if isinstance(one, str) else one
              for label, one in labels.items()}
    fields = dict(labels)
    hide = ["Time", *hidden]
    for letter, (_, one) in zip(LETTERS, values, strict=False):
        field = "Value" if len(values) == 1 else f"Value #{letter}"
        if one is None:
            hide.append(field)
        else:
            fields[field] = one
    names = {field: one["matcher"]["options"] for field, one in fields.items()}
    transformations = [
        {"id": "merge", "options": {}},
        {"id": "organize", "options": {
            "excludeByName": {name: True for name in hide},
            "indexByName": {field: i for i, field in enumerate(names)},
            "renameByName": names}}]
    options = {"showHeader": True, "cellHeight": "sm"}
    if sort:
        options["sortBy"] = [{"displayName": sort, "desc": descending}]
    return panel("table", title, description,
                 [target(expr, instant=True, form="table") for expr, _ in values], "none", size,
                 defaults={"color": {"mode": "thresholds"}, "custom": {"minWidth": LONG}},
                 overrides=with_widths(list(fields.values()), sort), options=options,
                 transformations=transformations, **more)
