"""Which keys of Grafana's classic schema our dashboards use, and of which kind each is."""

NUMBER = (int, float)
DASHBOARD = {"uid": str, "title": str, "description": str, "tags": list, "schemaVersion": int,
             "version": int, "editable": bool, "graphTooltip": int, "refresh": str, "time": dict,
             "timezone": str, "annotations": dict, "links": list, "templating": dict,
             "panels": list}
LINK = {"type": str, "title": str, "tags": list, "url": str, "icon": str, "tooltip": str,
        "asDropdown": bool, "includeVars": bool, "keepTime": bool, "targetBlank": bool}
SOURCE_VARIABLE = {"name": str, "label": str, "type": str, "query": str, "refresh": int,
                   "multi": bool, "includeAll": bool, "current": dict}
QUERY_VARIABLE = {**SOURCE_VARIABLE, "datasource": dict, "query": dict, "definition": str,
                  "sort": int, "allValue": str}
GRID = {"x": int, "y": int, "w": int, "h": int}
ROW = {"id": int, "type": str, "title": str, "collapsed": bool, "gridPos": dict, "panels": list}
PANEL = {"id": int, "type": str, "title": str, "description": str, "datasource": dict,
         "gridPos": dict, "targets": list, "fieldConfig": dict, "options": dict, "links": list}
PANEL_MAY = {"transformations": list, "interval": str}
TARGET = {"refId": str, "datasource": dict, "editorMode": str, "expr": str, "format": str,
          "instant": bool, "range": bool, "legendFormat": str}
PANEL_LINK = {"title": str, "url": str, "targetBlank": bool}
FIELD = {"unit": str, "mappings": list, "thresholds": dict, "color": dict}
FIELD_MAY = {"custom": dict, "min": NUMBER, "max": NUMBER, "decimals": int}
PROPERTIES = {**FIELD, **FIELD_MAY, "links": list, "custom.cellOptions": dict, "custom.width": int}
WITH_LEGEND = {"legend": dict, "tooltip": dict}
# What each type of panel has for options, and for custom defaults of its fields.
OPTIONS = {
    "stat": {"reduceOptions": dict, "colorMode": str, "graphMode": str, "textMode": str,
             "justifyMode": str, "orientation": str},
    "bargauge": {"reduceOptions": dict, "displayMode": str, "orientation": str,
                 "showUnfilled": bool, "valueMode": str, "namePlacement": str, "sizing": str,
                 "minVizHeight": int, "maxVizHeight": int, "minVizWidth": int},
    "timeseries": WITH_LEGEND,
    "state-timeline": {**WITH_LEGEND, "mergeValues": bool, "showValue": str, "alignValue": str,
                       "rowHeight": NUMBER},
    "heatmap": {**WITH_LEGEND, "calculate": bool, "cellGap": int, "yAxis": dict, "color": dict,
                "cellValues": dict, "rowsFrame": dict, "filterValues": dict},
    "table": {"showHeader": bool, "cellHeight": str},
}
OPTIONS_MAY = {"table": {"sortBy": list}}
CUSTOM = {
    "timeseries": {"drawStyle": str, "lineWidth": int, "fillOpacity": int, "showPoints": str,
                   "spanNulls": (bool, int), "stacking": dict, "thresholdsStyle": dict},
    "state-timeline": {"lineWidth": int, "fillOpacity": int},
    "table": {"minWidth": int},
}
FORMATS = {"time_series", "table", "heatmap"}


def fits(what, found, must, may=None):
    """Problems of an object that must have these keys, may have those, and no other."""
    known = {**must, **(may or {})}
    for key in must:
        if key not in found:
            yield f"{what}: {key} is missing"
    for key, value in found.items():
        if key not in known:
            yield f"{what}: {key} is not in the schema"
            continue
        kinds = known[key] if isinstance(known[key], tuple) else (known[key],)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            yield f"{what}: {key} is of the wrong kind"


def field_problems(what, config, kind):
    yield from fits(f"{what}: defaults", config["defaults"], FIELD, FIELD_MAY)
    yield from fits(f"{what}: custom", config["defaults"].get("custom", {}), {},
                    CUSTOM.get(kind, {}))
    for mapping in config["defaults"]["mappings"]:
        yield from mapping_problems(what, mapping)
    yield from threshold_problems(what, config["defaults"]["thresholds"])
    for override in config["overrides"]:
        name = override["matcher"]["options"]
        if override["matcher"]["id"] != "byName":
            yield f"{what}: an override is not by name"
        properties = {prop["id"]: prop["value"] for prop in override["properties"]}
        yield from fits(f"{what}: {name}", properties, {}, PROPERTIES)
        for mapping in properties.get("mappings", []):
            yield from mapping_problems(f"{what}: {name}", mapping)
        if "thresholds" in properties:
            yield from threshold_problems(f"{what}: {name}", properties["thresholds"])
        for link in properties.get("links", []):
            yield from fits(f"{what}: {name}: link", link, PANEL_LINK)


def mapping_problems(what, mapping):
    if mapping["type"] != "value":
        yield f"{what}: a mapping of type {mapping['type']}"
    for shown in mapping["options"].values():
        yield from fits(f"{what}: mapping", shown, {"index": int, "text": str, "color": str})


def threshold_problems(what, thresholds):
    values = [step["value"] for step in thresholds["steps"]]
    if thresholds["mode"] != "absolute" or values[:1] != [None] or values[1:] != sorted(values[1:]):
        yield f"{what}: thresholds must be absolute, begin with null and rise"


def schema_problems(board):
    yield from fits("dashboard", board, DASHBOARD)
    if board["schemaVersion"] < 38:
        yield "schemaVersion is older than 38"
    for link in board["links"]:
        yield from fits(f"link {link['title']}", link, LINK)
    for one in board["templating"]["list"]:
        kind = SOURCE_VARIABLE if one["type"] == "datasource" else QUERY_VARIABLE
        yield from fits(f"variable {one['name']}", one, kind)
    for panel in board["panels"]:
        what = panel["title"]
        yield from fits(f"{what}: gridPos", panel["gridPos"], GRID)
        kind = panel["type"]
        if kind == "row":
            yield from fits(what, panel, ROW)
            continue
        if kind not in OPTIONS:
            yield f"{what}: type {kind}"
            continue
        yield from fits(what, panel, PANEL, PANEL_MAY)
        yield from fits(f"{what}: options", panel["options"], OPTIONS[kind], OPTIONS_MAY.get(kind))
        yield from field_problems(what, panel["fieldConfig"], kind)
        for target in panel["targets"]:
            yield from fits(f"{what}: target", target, TARGET)
            if target["format"] not in FORMATS:
                yield f"{what}: format {target['format']}"
        for link in panel["links"]:
            yield from fits(f"{what}: link", link, PANEL_LINK)
