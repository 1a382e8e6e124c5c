"""The vocabulary dashboards are written in: panels, thresholds, colours, variables."""

RUNBOOKS = "https://github.com/together-exporter/together-exporter/blob/main/alerts/runbooks"
DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
WHERE = 'job=~"$job", instance=~"$instance"'
MODELS = WHERE + ', model=~"$model"'

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


def target(expr, legend="__auto", instant=False, table=False, heatmap=False):
    form = "table" if table else "heatmap" if heatmap else "time_series"
    return {"datasource": DATASOURCE, "editorMode": "code", "expr": expr, "format": form,
            "instant": instant or table, "range": not (instant or table), "legendFormat": legend}


def steps(*pairs):
    """Absolute thresholds: steps((None, "green"), (5, "red"))."""
    return {"mode": "absolute", "steps": [{"value": at, "color": color} for at, color in pairs]}


def mapping(words):
    """Value mappings: mapping({0: ("clear", "green"), 1: ("active", "red")})."""
    options = {str(value): {"index": i, "text": text, "color": color}
               for i, (value, (text, color)) in enumerate(words.items())}
    return [{"type": "value", "options": options}]


def runbook(alert):
    return {"title": f"Runbook: {alert}", "url": f"{RUNBOOKS}/{alert}.md", "targetBlank": True}


def panel(kind, title, description, targets, unit, size, thresholds=None, mappings=None,
          defaults=None, overrides=None, options=None, links=None, transformations=None,
          interval=None):
    for letter, one in zip("ABCDEFGHIJ", targets):
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


def stat(title, description, targets, unit, size, **more):
    more.setdefault("defaults", {"color": {"mode": "thresholds"}})
    options = {"reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
               "colorMode": "background", "graphMode": "none", "textMode": "value_and_name",
               "justifyMode": "auto", "orientation": "auto"}
    return panel("stat", title, description, targets, unit, size, options=options, **more)


def lines(title, description, targets, unit, size, defaults=None, **more):
    drawn = {"custom": {"drawStyle": "line", "lineWidth": 1, "fillOpacity": 8,
                        "showPoints": "auto", "spanNulls": 1800000}}
    options = {"legend": {"displayMode": "table", "placement": "bottom", "showLegend": True,
                          "calcs": ["lastNotNull", "max"]},
               "tooltip": {"mode": "multi", "sort": "desc"}}
    return panel("timeseries", title, description, targets, unit, size,
                 defaults={**drawn, **(defaults or {})}, options=options, **more)


def timeline(title, description, targets, size, mappings, **more):
    options = {"mergeValues": True, "showValue": "auto", "alignValue": "left", "rowHeight": 0.9,
               "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
               "tooltip": {"mode": "single", "sort": "none"}}
    defaults = {"custom": {"lineWidth": 0, "fillOpacity": 80}, "color": {"mode": "thresholds"}}
    return panel("state-timeline", title, description, targets, "none", size, mappings=mappings,
                 defaults=defaults, options=options, **more)


def table(title, description, targets, size, columns, hidden=(), overrides=None, **more):
    """`columns`: the fields shown, in order, with the names people read."""
    hide = {name: True for name in ("Time", *hidden)}
    order = {name: i for i, name in enumerate(columns)}
    transformations = [{"id": "merge", "options": {}},
                       {"id": "organize", "options": {"excludeByName": hide, "indexByName": order,
                                                      "renameByName": dict(columns)}}]
    options = {"showHeader": True, "cellHeight": "sm", "footer": {"show": False, "fields": "",
                                                                  "reducer": ["sum"]}}
    return panel("table", title, description, targets, "none", size, overrides=overrides,
                 options=options, transformations=transformations, **more)


def column(name, **properties):
    """An override for one column of a table, by the name people read."""
    return {"matcher": {"id": "byName", "options": name},
            "properties": [{"id": key, "value": value} for key, value in properties.items()]}


def row(title, *panels):
    return title, panels


def _variable(name, label, query):
    return {"name": name, "label": label, "type": "query", "datasource": DATASOURCE,
            "query": {"query": query, "refId": name}, "definition": query, "refresh": 2, "sort": 1,
            "multi": True, "includeAll": True, "allValue": ".*",
            "current": {"selected": True, "text": ["All"], "value": ["$__all"]}}


def variables():
    return [
        {"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus",
         "refresh": 1, "multi": False, "includeAll": False, "current": {}},
        _variable("job", "Job", "label_values(together_exporter_build_info, job)"),
        _variable("instance", "Exporter",
                  'label_values(together_exporter_build_info{job=~"$job"}, instance)'),
        _variable("model", "Model", f"label_values(together_model_state{{{WHERE}}}, model)"),
    ]


def dashboard(uid, title, description, rows):
    """Lays the panels out, each row from left to right, and numbers them."""
    panels, y, number = [], 0, 0
    for row_title, row_panels in rows:
        number += 1
        panels.append({"id": number, "type": "row", "title": row_title, "collapsed": False,
                       "gridPos": {"x": 0, "y": y, "w": 24, "h": 1}, "panels": []})
        y, x, height = y + 1, 0, 0
        for one in row_panels:
            number += 1
            grid = one["gridPos"]
            if x + grid["w"] > 24:
                y, x, height = y + height, 0, 0
            panels.append({"id": number, **one, "gridPos": {"x": x, "y": y, **grid}})
            x, height = x + grid["w"], max(height, grid["h"])
        y += height
    return {
        "uid": uid, "title": title, "description": description, "tags": ["together-ai"],
        "schemaVersion": 39, "version": 1, "editable": True, "graphTooltip": 1,
        "refresh": "1m", "time": {"from": "now-24h", "to": "now"}, "timezone": "",
        "annotations": {"list": []},
        "links": [
            {"type": "dashboards", "title": "Together AI", "tags": ["together-ai"],
             "asDropdown": True, "includeVars": True, "keepTime": True, "targetBlank": False},
            {"type": "link", "title": "Runbooks", "url": RUNBOOKS.replace("/blob/", "/tree/"),
             "icon": "doc", "targetBlank": True},
        ],
        "templating": {"list": variables()},
        "panels": panels,
    }
