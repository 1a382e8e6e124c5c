"""What all dashboards have in common: variables, links to each other, rows and the grid."""

from panels import DATASOURCE, RUNBOOKS, WHERE

TAG = "together"


def _variable(name, label, query):
    return {"name": name, "label": label, "type": "query", "datasource": DATASOURCE,
            "query": {"query": query, "refId": name}, "definition": query, "refresh": 2, "sort": 1,
            "multi": True, "includeAll": True, "allValue": ".+",
            "current": {"selected": True, "text": ["All"], "value": ["$__all"]}}


def variables():
    return [
        {"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus",
         "refresh": 1, "multi": False, "includeAll": False, "current": {}},
        _variable("job", "Job", "label_values(together_exporter_build_info, job)"),
        _variable("instance", "Instance",
                  'label_values(together_exporter_build_info{job=~"$job"}, instance)'),
        _variable("model", "Model", f"label_values(together_model_state{{{WHERE}}}, model)"),
    ]


def row(title, *panels):
    return title, panels


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
        "uid": uid, "title": title, "description": description, "tags": [TAG],
        "schemaVersion": 39, "version": 1, "editable": False, "graphTooltip": 1,
        "refresh": "1m", "time": {"from": "now-24h", "to": "now"}, "timezone": "",
        "annotations": {"list": []},
        "links": [
            {"type": "dashboards", "title": "Together AI", "tags": [TAG], "url": "", "icon": "",
             "tooltip": "", "asDropdown": False, "includeVars": True, "keepTime": True,
             "targetBlank": False},
            {"type": "link", "title": "Runbooks", "tags": [],
             "url": RUNBOOKS.replace("/blob/", "/tree/"), "icon": "doc", "tooltip": "",
             "asDropdown": False, "includeVars": False, "keepTime": False, "targetBlank": True},
        ],
        "templating": {"list": variables()},
        "panels": panels,
    }
