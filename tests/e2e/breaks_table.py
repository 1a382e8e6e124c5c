"""The rows of breaks_test.py and of docs/breaks.md: which series sees which break."""

import math
import re

from harness import SOURCE

CHAT = "openai/gpt-oss-20b"
NEXT = "deepseek-ai/DeepSeek-V4-Pro"
OTHER = "google/gemma-4-31B-it"
EMBEDDINGS = "intfloat/multilingual-e5-large-instruct"
IMAGE = "black-forest-labs/FLUX.2-dev"
GONE = ("TogetherModelRemoved", "critical")
NEW_SHAPE = ("TogetherResponseShapeChanged", "warning")
BAD_STREAMS = ("TogetherStreamContractBroken", "warning")
BAD_TOOL_CALLS = ("TogetherToolCallsBroken", "warning")
BAD_SURFACE = ("TogetherSurfaceContractBroken", "warning")
NEW_REQUEST = ("TogetherFineTuningRequestChanged", "warning")
DEARER = ("TogetherPriceIncreased", "warning")
APPEARS = "appears"
GROWS = "grows"

# Fast looks, and none that are stretched while all is well.
FAST = {
    "catalog": "{interval: 1s}",
    "serving": "{interval: 1s, confirm_interval: 1s}",
    "stream": "{interval: 1s}",
    "shape": "{learning_period: 1s}",
}
# The pace of the defaults, but for the lists: a minute, their default, shows nothing more.
LEISURELY = {"catalog": "{interval: 10m}", "shape": "{}"}

CONFIG = """
upstream: {{base_url: "{base_url}"}}
models:
{models}
{more}
budget: {{usd_per_day: 1000}}
probes:
{probes}
state: {{path: ""}}
"""


def without_intervals(settings):
    return re.sub(r"(confirm_)?interval: \d+s(, )?", "", settings)


def same(value, wanted):
    """Prices are sums of products: equal but for the last digits."""
    if value is None or wanted is None:
        return value is wanted
    return math.isclose(value, wanted, rel_tol=1e-9)


class Series:
    """A series with labels; its text leaves the model out where the row is about that model."""

    def __init__(self, name, **labels):
        self.name = name
        self.labels = labels
        self.series = (name, frozenset(labels.items()))

    def __str__(self):
        shown = ",".join(f'{key}="{value}"' for key, value in self.labels.items()
                         if value not in ("", CHAT, EMBEDDINGS, IMAGE))
        return f"{self.name}{{{shown}}}" if shown else self.name


class Change(Series):
    """A series that must move: from `before` (None: it is not there) to `after`, which can be a
    value, None, APPEARS or GROWS."""

    def __init__(self, before, after, name, **labels):
        super().__init__(name, **labels)
        self.before = before
        self.after = after

    def seen(self, before, page):
        value = page.get(self.series)
        if self.after in (APPEARS, GROWS):
            return value is not None and value > before.get(self.series, 0)
        return same(value, self.after)

    def __str__(self):
        if self.after == APPEARS:
            return f"{super().__str__()} appears"
        if self.after is None:
            return f"{super().__str__()} goes"
        before = "none" if self.before is None else f"{self.before:g}"
        after = "more" if self.after == GROWS else f"{self.after:g}"
        return f"{super().__str__()}: {before} -> {after}"


class Late(Series):
    """The newest streams had their first token 300 ms after their first byte, and not sooner."""

    before = None
    last = None

    def seen(self, _, page):
        def total(kind, part, **labels):
            name = f"together_stream_time_to_first_{kind}_seconds_{part}"
            series = (name, frozenset({"model": CHAT, **labels}.items()))
            return page.get(series, 0)

        now = (total("token", "count", channel="any"),
               total("token", "sum", channel="any") - total("byte", "sum"))
        last, self.last = self.last, now
        if last is None or last[0] == now[0]:
            return False
        return (now[1] - last[1]) / (now[0] - last[0]) > 0.295

    def __str__(self):
        return f"{super().__str__()}: 300 ms above together_stream_time_to_first_byte_seconds"


class Stay(Series):
    """A series that must have this value before the break and after it."""

    def __init__(self, value, name, **labels):
        super().__init__(name, **labels)
        self.value = value

    def __str__(self):
        return f"{super().__str__()}: {self.value:g}"


class Row:
    """`along`: (name, labels) of what may move beside `moves`. `looks`: the most looks of `probe`
    until each of `moves` has moved; without a number where another probe moves it. `parts`: how
    many looks are one round. `tells`: (alert, severity) of everything that ever fires, and the
    model if it is not `model` (none: ""). `breaks_after`: hours of learning that they need;
    `lives_on`: hours until all has fired."""

    def __init__(self, number, title, scenario, probe, moves, stays, looks=None, *, along=(),
                 model=CHAT, models=None, probes=None, more="", parts=1, account=False, tells=(),
                 breaks_after=8, lives_on=7):
        self.number = number
        self.title = title
        self.scenario = scenario
        self.path = SOURCE / "simulator/scenarios/breaks" / f"{scenario}.yml"
        self.probe = probe
        self.moves = moves
        self.stays = stays
        self.looks = looks or (1,) * len(moves)
        self.along = along
        self.parts = parts
        self.looked_at = "" if account else model
        self.more = more
        self.tells = [(*one, model)[:3] for one in tells]
        self.breaks_after = breaks_after
        self.lives_on = lives_on
        tracked = models or [f"{{id: {model}}}", f"{{id: {OTHER}}}"]
        self.models = "\n".join(f"  - {one}" for one in tracked)
        self.probes = {**FAST, **(probes or {})}

    def config(self, base_url, *, leisurely=False):
        """Of an exporter that looks every second, or at the pace of the defaults."""
        more, probes = self.more, self.probes
        if leisurely:
            more = without_intervals(more)
            probes = {name: without_intervals(text) for name, text in probes.items()} | LEISURELY
        return CONFIG.format(
            base_url=base_url, models=self.models,
            more=more.format(page=base_url.removesuffix("/v1")),
            probes="\n".join(f"  {name}: {text}" for name, text in probes.items()))

    def expects(self, series):
        """Whether this series may move."""
        name, labels = series
        if any(series == change.series for change in self.moves):
            return True
        return any(name == known and labels >= frozenset(some.items())
                   for known, some in self.along)


def state(model):
    """What a change of state takes along."""
    return [(f"together_model_{name}", {"model": model})
            for name in ("state", "state_changes_total", "state_since_timestamp_seconds",
                         "available", "unavailable_info")]


def replacement(model):
    """What is told of a model that takes this one's place."""
    return [(f"together_model_{name}", {"model": model})
            for name in ("replacement_info", "replacement_available", "replacement_price_ratio",
                         "replacement_context_length_ratio", "successor_info")]


def gone_from(model, *lists):
    """What a model takes along that leaves these lists."""
    return [item for name in lists for item in
            [("together_model_listed", {"model": model, "list": name}),
             ("together_catalog_models", {"list": name, "modality": "chat"})]]


def price(model):
    """What a change of price takes along."""
    names = ("price_usd_per_token", "previous_price_usd_per_token",
             "price_last_change_timestamp_seconds", "price_changes_total")
    return ([(f"together_model_{name}", {"model": model}) for name in names] +
            [("together_workload_cost_usd_per_day", {"model": model})])


def shape(surface, model):
    """What a new shape takes along."""
    return [(f"together_response_shape_{name}", {"surface": surface, "model": model})
            for name in ("info", "known", "changes_total")]


def stream_rule(model, rule):
    return [("together_stream_violations_total", {"model": model, "rule": rule}),
            ("together_probe_success", {"probe": "stream", "model": model})]


def broken_stream(model, *rules):
    """Rules that fall with the one that the row is about."""
    return [(f"together_stream_{name}", {"model": model, "rule": rule})
            for rule in rules for name in ("rule_ok", "violations_total")]


def no_stream(model):
    """What the stream probe shows of a model that does not answer: its status, and no more."""
    return [("together_stream_rule_ok", {"model": model}),
            *stream_rule(model, "status"),
            ("together_probe_success", {"probe": "serving", "model": model})]


def surface_rule(surface, model, rule):
    return [("together_surface_violations_total",
             {"surface": surface, "model": model, "rule": rule}),
            ("together_probe_success", {"probe": surface, "model": model})]


def available(model=CHAT):
    return Stay(1, "together_model_state", model=model, state="available")


def stream_kept(rule):
    return Stay(1, "together_stream_rule_ok", model=CHAT, rule=rule)


def surface_kept(surface, rule, model=CHAT):
    return Stay(1, "together_surface_rule_ok", surface=surface, model=model, rule=rule)


def no_new_shape(surface, model=CHAT):
    return Stay(0, "together_response_shape_changes_total", surface=surface, model=model)


def source(name):
    return f"""
retirements:
  sources:
    - {{{{name: {name}, kind: together_page, url: "{{page}}/docs/deprecations.md", interval: 1s}}}}
"""


WORKLOAD = f"""
workloads: [{{{{name: bot, model: {CHAT}, input_tokens_per_day: 1e8, output_tokens_per_day: 1e8}}}}]
"""
TOOLS = {"models": [f"{{id: {one}, probes: [serving, stream, tools]}}" for one in (CHAT, OTHER)],
         "probes": {"tools": "{interval: 1s}"}}
# The create schema is looked at in five parts: supported, jobs, limits and both forms.
TUNING = {"models": [f"{{id: {CHAT}, probes: [serving]}}"], "account": True, "parts": 5,
          "probes": {"fine_tuning": f"{{enabled: true, interval: 1s, models: [{CHAT}], "
                                    "create: true}"}}

SCAN = Row(2, "a hard-coded id in a code base is dead", "02_dead_id", "scan",
           [Series("exit code: 0 -> 1")], [Series("every other id: available")])
GONE_TREE = {"app.py": f'MODEL = "{CHAT}"\n',
             "deploy.yml": f"env:\n  MODEL: together_ai/{OTHER}\n"}

BREAKS = [
    Row(1, "a tracked id is deprecated", "01_deprecated", "retirements",
        [Change(None, APPEARS, "together_model_retirement_timestamp_seconds", model=CHAT,
                surface="inference", source="together")],
        [available(), Stay(1, "together_model_listed", model=CHAT, list="serverless")],
        along=[("together_model_retirement_announced_timestamp_seconds", {"model": CHAT}),
               ("together_retirement_source_rows", {"source": "together"}),
               *replacement(CHAT)],
        models=[f"{{id: {CHAT}}}", f"{{id: {NEXT}}}"], more=source("together"), account=True,
        tells=[("TogetherRetirementScheduled", "warning")]),
    Row(1, "a tracked id is renamed in the model list", "01_renamed", "catalog",
        [Change(1, 0, "together_model_listed", model=CHAT, list="all"),
         Change(0, 1, "together_model_state", model=CHAT, state="removed")],
        [available(OTHER), Stay(1, "together_up")], (1,),
        along=[*state(CHAT), *no_stream(CHAT), *gone_from(CHAT, "all", "serverless"),
               ("together_model_priced", {"model": CHAT}), *price(CHAT)],
        parts=2, account=True, tells=[GONE]),
    SCAN,
    Row(3, "the fine-tuning create schema gains required fields", "03_fine_tuning_schema",
        "fine_tuning",
        [Change(None, 1, "together_fine_tuning_create_required_info", field="lr_scheduler")],
        [surface_kept("fine_tuning_create_flat", "refused", ""),
         Stay(1, "together_fine_tuning_create_form_accepted", form="flat")], **TUNING,
        tells=[(*NEW_REQUEST, "")], breaks_after=26),
    Row(4, "the chat answer gains or loses fields", "04_chat_answer", "serving",
        [Change(0, GROWS, "together_response_shape_changes_total", surface="serving", model=CHAT)],
        [available(), no_new_shape("stream"), no_new_shape("serving", OTHER)],
        along=shape("serving", CHAT), tells=[NEW_SHAPE]),
    Row(5, "another embedding model answers", "05_embedding_model", "embeddings",
        [Change(1024, 768, "together_embedding_dimensions", model=EMBEDDINGS)],
        [available(EMBEDDINGS), surface_kept("embeddings", "vector", EMBEDDINGS),
         no_new_shape("embeddings", EMBEDDINGS)],
        model=EMBEDDINGS, probes={"embeddings": "{interval: 1s}"},
        tells=[("TogetherEmbeddingDimensionsChanged", "critical")]),
    Row(5, "the embeddings model is removed", "05_embedding_removed", "embeddings",
        [Change(1, 0, "together_model_state", model=EMBEDDINGS, state="available"),
         Change(None, 1, "together_model_unavailable_info", model=EMBEDDINGS,
                reason="non_serverless"),
         Change(0, 1, "together_model_state", model=EMBEDDINGS, state="removed")],
        [available(OTHER), Stay(1, "together_model_listed", model=EMBEDDINGS, list="all")],
        (1, 1, 3),
        along=[*state(EMBEDDINGS), ("together_model_listed", {"model": EMBEDDINGS}),
               ("together_catalog_models", {"list": "serverless", "modality": "embedding"}),
               ("together_surface_rule_ok", {"surface": "embeddings", "model": EMBEDDINGS}),
               ("together_embedding_dimensions", {"model": EMBEDDINGS}),
               ("together_probe_success", {"probe": "embeddings", "model": EMBEDDINGS})],
        model=EMBEDDINGS, probes={"embeddings": "{interval: 1s}"}, tells=[GONE]),
    Row(6, "the batch API's schema changes", "06_batch_schema", "batch",
        [Change(1, 0, "together_surface_rule_ok", surface="batch", model="",
                rule="status_values"),
         Change(0, GROWS, "together_response_shape_changes_total", surface="batch", model="")],
        [surface_kept("batch", "array", ""), available()],
        along=[*surface_rule("batch", "", "status_values"), *shape("batch", ""),
               ("together_batches", {})],
        probes={"batch": "{enabled: true, interval: 1s}"}, account=True,
        tells=[(*NEW_SHAPE, ""), (*BAD_SURFACE, "")]),
    Row(7, "the function calling format evolves", "07_function_calling", "tools",
        [Change(1, 0, "together_surface_rule_ok", surface="tools", model=CHAT,
                rule="arguments_json"),
         Change(0, GROWS, "together_response_shape_changes_total", surface="tools", model=CHAT)],
        [available(), surface_kept("tools", "tool_calls"), no_new_shape("serving")],
        along=[*surface_rule("tools", CHAT, "arguments_json"), *shape("tools", CHAT),
               ("together_surface_rule_ok",
                {"surface": "tools", "model": CHAT, "rule": "arguments_schema"})], **TOOLS,
        tells=[NEW_SHAPE, BAD_TOOL_CALLS], lives_on=14),
    Row(8, "a new SSE event type in the stream", "08_sse_event", "stream",
        [Change(0, GROWS, "together_stream_unknown_events_total", model=CHAT)],
        [available(), stream_kept("json"), stream_kept("object"),
         Stay(0, "together_stream_violations_total", model=CHAT, rule="json")],
        along=shape("stream", CHAT), tells=[NEW_SHAPE]),
    Row(8, "a new finish reason in the stream", "08_finish_reason", "stream",
        [Change(1, 0, "together_stream_rule_ok", model=CHAT, rule="finish_reason"),
         Change(None, GROWS, "together_stream_finish_reasons_total", model=CHAT,
                finish_reason="other")],
        [available(), stream_kept("not_truncated"), no_new_shape("stream")],
        along=stream_rule(CHAT, "finish_reason"), tells=[BAD_STREAMS]),
    Row(9, "image generation (FLUX) parameters change", "09_image_parameters", "image",
        [Change(1, 0, "together_surface_rule_ok", surface="image", model=IMAGE, rule="width")],
        [available(IMAGE), available(OTHER)],
        along=surface_rule("image", IMAGE, "width"),
        model=IMAGE, probes={"image": "{interval: 3s}"},
        tells=[("TogetherModelUnknown", "warning"), BAD_SURFACE]),
    Row(10, "the price per token moves with a model update", "10_price", "catalog",
        [Change(0, 1, "together_model_price_changes_total", model=CHAT, direction="input",
                change="increase")],
        [available(), Stay(0, "together_model_price_changes_total", model=OTHER,
                           direction="input", change="increase")],
        along=price(CHAT), parts=2, account=True, tells=[DEARER]),
    Row(11, "404 model not found on inference", "11_model_not_found", "serving",
        [Change(1, 0, "together_model_state", model=CHAT, state="available"),
         Change(None, 1, "together_model_unavailable_info", model=CHAT, reason="not_found"),
         Change(0, 1, "together_model_state", model=CHAT, state="removed")],
        [available(OTHER), Stay(1, "together_model_listed", model=CHAT, list="serverless")],
        (1, 1, 3),
        along=[*state(CHAT), *no_stream(CHAT)], tells=[GONE]),
    Row(11, "400 model not found on inference", "11_non_serverless", "serving",
        [Change(1, 0, "together_model_state", model=CHAT, state="available"),
         Change(None, 1, "together_model_unavailable_info", model=CHAT, reason="non_serverless"),
         Change(0, 1, "together_model_state", model=CHAT, state="removed")],
        [available(OTHER), Stay(1, "together_model_listed", model=CHAT, list="all")],
        (1, 1, 3),
        along=[*state(CHAT), *no_stream(CHAT), *gone_from(CHAT, "serverless")], tells=[GONE]),
    Row(12, "400 unknown parameter `n_epochs`: flat against nested", "12_hyperparameters",
        "fine_tuning",
        [Change(1, 0, "together_fine_tuning_create_form_accepted", form="flat"),
         Change(0, 1, "together_fine_tuning_create_form_accepted", form="nested")],
        [surface_kept("fine_tuning_create_flat", "refused", ""),
         surface_kept("fine_tuning_create_nested", "refused", "")], **TUNING,
        tells=[(*NEW_REQUEST, "")]),
    Row(13, "the stream ends in another `[DONE]` form", "13_done_marker", "stream",
        [Change(1, 0, "together_stream_rule_ok", model=CHAT, rule="done_once_and_last")],
        [available(), stream_kept("not_truncated"), no_new_shape("stream")],
        along=stream_rule(CHAT, "done_once_and_last"), tells=[BAD_STREAMS]),
    Row(14, "the same workload costs more", "14_workload_cost", "catalog",
        [Change(25, 35, "together_workload_cost_usd_per_day", workload="bot", model=CHAT,
                pricing="current"),
         Change(12.5, 17.5, "together_workload_cost_usd_per_day", workload="bot", model=CHAT,
                pricing="batch")],
        [available(), Stay(1e8, "together_workload_tokens_per_day", workload="bot",
                           direction="output")],
        along=price(CHAT), more=WORKLOAD, parts=2, account=True,
        tells=[DEARER, ("TogetherWorkloadCostSpike", "warning")]),
    Row(15, "`tool_calls` is missing from the answer", "15_tool_calls_missing", "tools",
        [Change(1, 0, "together_surface_rule_ok", surface="tools", model=CHAT,
                rule="tool_calls"),
         Change(0, GROWS, "together_response_shape_changes_total", surface="tools", model=CHAT)],
        [available(), stream_kept("json"), surface_kept("tools", "tool_calls", OTHER)],
        along=[("together_surface_rule_ok", {"surface": "tools", "model": CHAT}),
               *surface_rule("tools", CHAT, "tool_calls"), *shape("tools", CHAT),
               *shape("serving", CHAT)], **TOOLS, tells=[NEW_SHAPE, BAD_TOOL_CALLS], lives_on=14),
]

MISSED = [
    Row("a", "an error inside a 200 stream", "missed_error_in_stream", "stream",
        [Change(1, 0, "together_stream_rule_ok", model=CHAT, rule="no_error")],
        [available(), Stay(1, "together_probe_success", probe="serving", model=CHAT)],
        along=[*stream_rule(CHAT, "no_error"), *broken_stream(CHAT, "finish_reason")],
        tells=[BAD_STREAMS]),
    Row("b", "a truncated stream", "missed_truncated_stream", "stream",
        [Change(1, 0, "together_stream_rule_ok", model=CHAT, rule="not_truncated")],
        [available(), Stay(1, "together_probe_success", probe="serving", model=CHAT)],
        along=[*stream_rule(CHAT, "not_truncated"),
               *broken_stream(CHAT, "finish_reason", "done_once_and_last", "framing")],
        tells=[BAD_STREAMS]),
    Row("c", "a redirect hidden in the answer", "missed_redirect", "serving",
        [Change(0, 1, "together_model_state", model=CHAT, state="redirected")],
        [available(NEXT), Stay(1, "together_probe_success", probe="serving", model=CHAT)],
        along=[*state(CHAT), *replacement(CHAT),
               ("together_model_served_as_info", {"model": CHAT}),
               ("together_model_redirect_info", {"model": CHAT}),
               ("together_model_redirect_price_ratio", {"model": CHAT})],
        models=[f"{{id: {CHAT}}}", f"{{id: {NEXT}}}"],
        tells=[("TogetherModelRedirected", "warning"),
               ("TogetherPriceOutsidePolicy", "warning")]),
    Row("d", "a first token 300 ms behind an instant first byte", "missed_late_token", "stream",
        [Late("together_stream_time_to_first_token_seconds", model=CHAT, channel="any")],
        [available(), stream_kept("not_truncated")]),
]
