"""Whether columns fit their table, and colours say something."""

WINDOW = 1600  # pixels: no table needs to be scrolled sideways in it
LEAST_LONG = 180  # pixels for a column whose names are long
LEAST = 50  # pixels, which Grafana gives a column that asks for less


def problems_of_widths(panel):
    """Columns without a width share what the others leave, each at least its least width."""
    config = panel["fieldConfig"]
    least = config["defaults"].get("custom", {}).get("minWidth", 150)
    if least < LEAST_LONG:
        yield f"columns of long names can shrink below {LEAST_LONG} pixels"
    fixed = {one["matcher"]["options"]: prop["value"] for one in config["overrides"]
             for prop in one["properties"] if prop["id"] == "custom.width"}
    columns = list(panel["transformations"][1]["options"]["renameByName"].values())
    shared = [name for name in columns if name not in fixed]
    if not shared:
        yield "every column has a width: on a wide screen none fills the table"
    for name, width in fixed.items():
        if width < LEAST:
            yield f"column {name} cannot be as narrow as {width} pixels"
    needed = sum(fixed.values()) + least * len(shared)
    # The window's margins, the gaps of the grid, and the panel's border, padding and scroll bar.
    there = panel["gridPos"]["w"] * (WINDOW - 24) // 24 - 8 - 26
    if needed > there:
        yield f"its columns need {needed} pixels; a window of {WINDOW} leaves {there}"


def colors_of(panel):
    """Colours of thresholds and mappings, of all values and of single ones."""
    config = panel["fieldConfig"]
    overrides = [{prop["id"]: prop["value"] for prop in one["properties"]}
                 for one in config["overrides"]]
    for properties in [config["defaults"], *overrides]:
        for step in properties.get("thresholds", {}).get("steps", []):
            yield step["color"]
        for mapping in properties.get("mappings", []):
            yield from (shown["color"] for shown in mapping["options"].values())


def problems_of_colors(panel):
    defaults = panel["fieldConfig"]["defaults"]
    if panel["type"] in ("timeseries", "heatmap"):
        shown = defaults.get("custom", {}).get("thresholdsStyle")
        if len(defaults["thresholds"]["steps"]) > 1 and not shown:
            yield "nothing shows its thresholds"
        return
    if defaults["color"] != {"mode": "thresholds"}:
        yield "does not take its colours from its thresholds"
    if panel["type"] != "table" and "text" in colors_of(panel):
        yield "fills with the colour of text"
