"""What happens upstream, and exactly what people get told: one row a story.

A row's events happen once everything is well. `tells` are (receiver, alert, model) of everything
that may reach the receivers; `believed` is how many seconds the exporter may take until it knows:
one interval of the row's probe, and the looks that confirm what it saw.
"""

import dataclasses
import typing

CHAT = "openai/gpt-oss-20b"
NEXT = "openai/gpt-oss-120b"
OTHER = "Qwen/Qwen3.5-9B"
EMBEDDINGS = "intfloat/multilingual-e5-large-instruct"
LLAMA = "meta-llama/Llama-3.3-70B-Instruct-Turbo"

SERVING = 4  # seconds between looks, and two more of one second to confirm
CONFIRMED = SERVING + 2
STREAM = 5
CATALOG = 2
PAGE = 2


@dataclasses.dataclass
class Row:
    name: str
    why: str
    tells: set
    events: list = dataclasses.field(default_factory=list)
    act: typing.Optional[str] = None  # a method of the running row, for what no event can do
    before: list = dataclasses.field(default_factory=list)
    models: str = f"[{{id: {CHAT}}}, {{id: {OTHER}}}]"
    more: str = ""
    probes: str = ""
    flags: tuple = ()
    believed: float = CONFIRMED
    says: tuple = ()  # pieces of the first page's or ticket's description
    first: typing.Optional[str] = None  # the alert whose delay is measured; the only one if None
    ready: typing.Optional[tuple] = None  # (series, its least value) before anything happens
    lasts: float = 0  # seconds the story goes on after the last alert came


def event(action, **keys):
    return {"action": action, **keys}


SOURCES = ('retirements: {{sources: [{{name: together, kind: together_page, interval: 2s, '
           'url: "{page}/docs/deprecations.md"}}]}}')
SIXTY = "[" + ", ".join(f"{{id: load/model-{i}}}" for i in range(60)) + "]"

ROWS = [
    Row("removed", "a model goes, and a migration names its replacement",
        {("page", "TogetherModelRemoved", CHAT)}, [event("remove", model=CHAT)],
        more=f"migrations: [{{{{from: {CHAT}, to: {NEXT}}}}}]",
        says=(CHAT, f"Replacement by migration: {NEXT}, available", "does not know the id")),
    Row("removed_keeps_listed", "a model goes, and the list keeps it",
        {("page", "TogetherModelRemoved", CHAT)}, [event("remove", model=CHAT, keep_listed=True)]),
    Row("removed_with_fallback", "a model goes, and its fallback answers",
        {("ticket", "TogetherModelRemoved", CHAT)}, [event("remove", model=CHAT)],
        models=f"[{{id: {CHAT}, fallbacks: [{NEXT}], labels: {{team: search}}}}, {{id: {OTHER}}}]",
        says=(f"Fallback 1, {NEXT}, is available",)),
    Row("non_serverless", "a model moves to dedicated endpoints",
        {("page", "TogetherModelRemoved", CHAT)}, [event("dedicated_only", model=CHAT)],
        says=("dedicated endpoints only",)),
    Row("down", "one model fails while the others work",
        {("page", "TogetherModelDown", CHAT)}, [event("flap", model=CHAT, rate=1)]),
    Row("blocked", "the organisation's policy shuts a model out",
        {("page", "TogetherModelBlocked", CHAT)}, [event("block", model=CHAT)]),
    Row("redirected", "another model answers, and costs more than the policy allows",
        {("ticket", "TogetherModelRedirected", CHAT), ("ticket", "TogetherPriceOutsidePolicy", CHAT)},
        [event("redirect", model=CHAT, to=LLAMA)], says=(LLAMA,), first="TogetherModelRedirected"),
    Row("fallback_gone", "the one fallback goes",
        {("ticket", "TogetherFallbacksExhausted", CHAT), ("ticket", "TogetherModelRemoved", NEXT)},
        [event("remove", model=NEXT)], first="TogetherModelRemoved",
        models=f"[{{id: {CHAT}, fallbacks: [{NEXT}]}}, {{id: {OTHER}}}]"),
    Row("announced", "a retirement three weeks ahead",
        {("digest", "TogetherRetirementScheduled", CHAT)},
        [event("announce", model=CHAT, **{"in": "21d"}, replacement=NEXT)],
        more=SOURCES, believed=PAGE, says=(NEXT,)),
    Row("announced_late", "a retirement in two days, and nothing takes its place",
        {("page", "TogetherRetirementScheduled", CHAT)},
        [event("announce", model=CHAT, **{"in": "2d"})], more=SOURCES, believed=PAGE),
    Row("price", "a price doubles, and a workload with it",
        {("ticket", "TogetherPriceIncreased", LLAMA), ("ticket", "TogetherWorkloadCostSpike", LLAMA)},
        [event("price", model=LLAMA, input=1.76, output=0.88)], first="TogetherPriceIncreased",
        models=f"[{{id: {LLAMA}}}]", believed=CATALOG,
        more=("workloads: [{{name: support-bot, model: " + LLAMA +
              ", input_tokens_per_day: 200e6, output_tokens_per_day: 50e6}}]")),
    Row("version", "a version header changes",
        {("ticket", "TogetherApiVersionChanged", None)},
        [event("version_header", name="x-inference-version", value="v3")], believed=SERVING),
    Row("stream", "streams lose their end",
        {("ticket", "TogetherStreamContractBroken", CHAT)},
        [event("break_stream", model=CHAT, mode="no_finish")],
        believed=2 * STREAM + 1,  # two looks, and what they take
        says=("finish_reason",)),
    Row("shape", "an engine changes the keys of its chunks",
        {("ticket", "TogetherResponseShapeChanged", CHAT)},
        [event("patch", surface="stream", model=CHAT, name="new",
               ops=[{"op": "add", "path": "/extra", "value": {"a": 1}}])],
        probes="  shape: {learning_period: 1s}\n", believed=STREAM,
        # Of two models; the first three answers of each only teach.
        ready=('together_probe_runs_total{probe="stream",outcome="ok"}', 8), says=("/api/v1/events",)),
    Row("tools", "tool calls vanish from answers",
        {("ticket", "TogetherToolCallsBroken", CHAT)},
        [event("patch", surface="chat", model=CHAT, name="gone",
               ops=[{"op": "remove", "path": "/choices/0/message/tool_calls"}])],
        more="budget: {{usd_per_day: 1000}}", believed=7,  # two looks, and what they take
        probes="  tools: {enabled: true, interval: 3s}\n  shape: {enabled: false}\n"),
    Row("embeddings", "vectors have another size",
        {("page", "TogetherEmbeddingDimensionsChanged", EMBEDDINGS)},
        [event("add", model=EMBEDDINGS, type="embedding", dimensions=768)],
        models=f"[{{id: {EMBEDDINGS}}}]", believed=2, probes="  embeddings: {interval: 2s}\n",
        says=("768 and 1024 numbers; now 768",)),
    Row("fine_tuning", "a base model can no longer be trained",
        {("ticket", "TogetherFineTuningModelRetired", CHAT)},
        [event("fine_tunable", model=CHAT, supported=False)],
        probes=f"  fine_tuning: {{enabled: true, interval: 2s, models: [{CHAT}]}}\n", believed=2),
    Row("page_broken", "the deprecations page becomes something else",
        {("ticket", "TogetherRetirementSourceBroken", None)}, [event("page", mode="html")],
        more=SOURCES, believed=PAGE),
    Row("outage", "the provider fails, and sixty models with it",
        {("page", "TogetherProviderOutage", None)}, [event("fail_all", status=503)],
        before=[event("add", model=f"load/model-{i}", price={"input": 0.2, "output": 0.2})
                for i in range(60)], models=SIXTY, lasts=20),
    Row("key", "the key is rejected for an hour of the rules' time",
        {("page", "TogetherKeyRejected", None)}, [event("reject_key")], believed=SERVING, lasts=60),
    Row("spend", "the account has spent what it may",
        {("page", "TogetherSpendLimited", None)}, [event("spend_limit")], believed=CONFIRMED,
        lasts=15),
    Row("offline", "the exporter loses its way to Together",
        {("page", "TogetherExporterOffline", None)}, act="kill_simulator", lasts=15),
    Row("killed", "the exporter is killed",
        {("page", "TogetherExporterDown", None)}, act="kill_exporter", believed=0, lasts=15),
    Row("budget", "the day's money is spent",
        {("ticket", "TogetherProbeBudgetExhausted", None)}, act="nothing",
        more="budget: {{usd_per_day: 0.00004}}", believed=60),
    Row("reload", "a reload finds a mistake",
        {("ticket", "TogetherConfigReloadFailed", None)}, act="break_config", believed=1),
    Row("disk", "the state's disk takes no more",
        {("ticket", "TogetherStateNotWritable", None)}, act="forbid_writes", believed=15),
    Row("shard", "one of two shards was never started",
        {("page", "TogetherShardMissing", None)}, act="nothing",
        flags=("--shard.index=0", "--shard.total=2"), believed=5),
    Row("calm", "flaps, throttling, a slow model, an unannounced revision, a price that falls", set(),
        [event("flap", model=CHAT, rate=0.2), event("slow", model=OTHER, first_token="1500ms"),
         event("rate_limit", model=LLAMA, **{"for": "5s"}, retry_after="1s"),
         event("price", model=OTHER, input=0.01, output=0.01),
         event("rate_limit", model=NEXT)],
        models=f"[{{id: {CHAT}}}, {{id: {OTHER}}}, {{id: {LLAMA}}}, {{id: {NEXT}}}]", lasts=40),
]
