#!/usr/bin/env python3
"""Checks the chart with helm itself: usage check_helm.py CHART [EXPORTER]; $HELM names the program.

EXPORTER, the program, then checks the configuration that the chart makes."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import yaml

HELM = os.environ.get("HELM", "helm")
CHART = pathlib.Path(sys.argv[1])
EXPORTER = sys.argv[2] if len(sys.argv) > 2 else None
CI = CHART / "ci"


def helm(*args):
    return subprocess.run([HELM, *map(str, args)], capture_output=True, text=True, check=False)


def expect(holds, what):
    if not holds:
        sys.exit(f"{CHART.name}: {what}")


def render(*args):
    """The manifests by kind; a kind comes once, ConfigMaps by name."""
    run = helm("template", "te", CHART, "--namespace", "mon", *args)
    expect(run.returncode == 0, f"helm template {args}: {run.stderr}")
    found = {}
    for manifest in filter(None, yaml.safe_load_all(run.stdout)):
        kind = manifest["kind"]
        found[kind if kind != "ConfigMap" else manifest["metadata"]["name"]] = manifest
    return found


def refused(*args):
    """Helm's complaint; fails where it does not complain."""
    run = helm("template", "te", CHART, *args)
    expect(run.returncode != 0, f"helm template {args} must fail")
    return run.stderr


def check_lint():
    for values in [None, *sorted(CI.glob("*-values.yaml"))]:
        run = helm("lint", "--strict", CHART, *(["--values", values] if values else []))
        expect(run.returncode == 0, f"helm lint --strict with {values}: {run.stdout}{run.stderr}")


def check_refusals():
    good = ("--values", CI / "default-values.yaml")
    expect("apiKey.existingSecret must name a secret" in refused(), "no clear word about the key")
    expect("Additional property" in refused(*good, "--set", "nosuch=1"), "unknown value accepted")
    expect("Additional property" in refused(*good, "--set", "config.nosuch=1"),
           "unknown configuration key accepted")
    expect("api_key_env has no effect" in refused(*good, "--set", "config.upstream.api_key_env=A"),
           "api_key_env accepted")
    expect("must not name config.yml" in refused(*good, "--set", r"configFiles.config\.yml=a"),
           "configFiles may replace config.yml")


def check_default():
    found = render("--values", CI / "default-values.yaml")
    expect(set(found) == {"ServiceAccount", "te-together-exporter", "Service", "Deployment"},
           f"default manifests are {sorted(found)}")
    spec = found["Deployment"]["spec"]
    expect(spec["replicas"] == 1 and spec["strategy"] == {"type": "Recreate"}, "two pods at once")
    pod = spec["template"]["spec"]
    expect(pod["automountServiceAccountToken"] is False, "the token is mounted")
    expect(pod["securityContext"]["runAsUser"] == 65532 and pod["securityContext"]["runAsNonRoot"]
           and pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"},
           "the pod's securityContext is too wide")
    container = pod["containers"][0]
    expect(container["securityContext"] == {"allowPrivilegeEscalation": False,
                                            "readOnlyRootFilesystem": True,
                                            "capabilities": {"drop": ["ALL"]}},
           "the container's securityContext is too wide")
    expect("env" not in container and "envFrom" not in container, "something in the environment")
    expect(container["livenessProbe"]["httpGet"]["path"] == "/-/healthy"
           and container["readinessProbe"]["httpGet"]["path"] == "/-/ready", "wrong probes")
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    mounts = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
    config = yaml.safe_load(found["te-together-exporter"]["data"]["config.yml"])
    key = volumes["key"]["secret"]
    expect(key["secretName"] == "together" and config["upstream"]["api_key_file"] ==
           f"{mounts['key']}/{key['items'][0]['path']}", "the key is not where the file says")
    expect(config["state"]["path"].startswith(mounts["state"] + "/")
           and volumes["state"]["emptyDir"] == {}, "state is not on its volume")
    expect(f"--config.file={mounts['config']}/config.yml" in container["args"], "no config.file")


def check_all_options():
    values = CI / "all-options-values.yaml"
    found = render("--values", values)
    for kind in ("PersistentVolumeClaim", "ServiceMonitor", "PrometheusRule", "NetworkPolicy",
                 "llm-watcher-dashboards"):
        expect(kind in found, f"no {kind}")
    expect("Secret" not in found, "the chart makes a secret")
    with tempfile.TemporaryDirectory() as scratch:
        rules = pathlib.Path(scratch) / "rules.yml"
        rules.write_text(yaml.safe_dump(found["PrometheusRule"]["spec"]), encoding="utf-8")
        run = subprocess.run(["promtool", "check", "rules", rules], capture_output=True, text=True,
                             check=False)
    expect(run.returncode == 0, f"PrometheusRule: {run.stdout}{run.stderr}")
    ours = [group for path in sorted((CHART.parent.parent / "alerts").glob("*.rules.yml"))
            for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]]
    expect(found["PrometheusRule"]["spec"] == {"groups": ours},
           "PrometheusRule differs from alerts/*.rules.yml")
    boards = found["llm-watcher-dashboards"]["data"]
    ours = sorted((CHART.parent.parent / "dashboards").glob("*.json"))
    expect(set(boards) == {f"together-{path.name}" for path in ours}, "not every dashboard")
    for path in ours:
        expect(json.loads(boards[f"together-{path.name}"]) ==
               json.loads(path.read_text(encoding="utf-8")), f"{path.name} differs")
    expect("output_tokens_per_day: 50000000\n" in found["llm-watcher"]["data"]["config.yml"],
           "a large number does not survive")
    expect(found["llm-watcher"]["data"]["models.txt"] == "a/b\nc/d\n", "configFiles changed")
    endpoint = found["ServiceMonitor"]["spec"]["endpoints"][0]
    expect({"action": "replace", "targetLabel": "instance", "replacement": "mon/llm-watcher"}
           in endpoint["relabelings"], "instance follows the pod")
    before = found["Deployment"]["spec"]["template"]["metadata"]["annotations"]["checksum/config"]
    changed = render("--values", values, "--set", "config.budget.usd_per_day=2")
    after = changed["Deployment"]["spec"]["template"]["metadata"]["annotations"]["checksum/config"]
    expect(before != after, "a changed configuration restarts nothing")


def check_config_is_valid():
    for values in sorted(CI.glob("*-values.yaml")):
        maps = [one for one in render("--values", values).values()
                if one["kind"] == "ConfigMap" and "config.yml" in one["data"]]
        with tempfile.TemporaryDirectory() as scratch:
            for name, text in maps[0]["data"].items():
                (pathlib.Path(scratch) / name).write_text(text, encoding="utf-8")
            run = subprocess.run([EXPORTER, "check-config", f"{scratch}/config.yml"],
                                 capture_output=True, text=True, check=False)
        expect(run.returncode == 0, f"{values.name}: {run.stdout}{run.stderr}")


def check_existing_claim():
    found = render("--values", CI / "existing-claim-values.yaml")
    expect("PersistentVolumeClaim" not in found, "a second claim is made")
    volumes = {v["name"]: v for v in found["Deployment"]["spec"]["template"]["spec"]["volumes"]}
    expect(volumes["state"] == {"name": "state", "persistentVolumeClaim": {"claimName": "state"}},
           "the given claim is not used")


def check_package():
    with tempfile.TemporaryDirectory() as scratch:
        run = helm("package", CHART, "--destination", scratch)
        expect(run.returncode == 0, f"helm package: {run.stderr}")
        package = next(pathlib.Path(scratch).glob("*.tgz"))
        run = helm("template", "te", package, "--values", CI / "all-options-values.yaml")
        expect(run.returncode == 0 and "TogetherModelRemoved" in run.stdout,
               f"the package lacks files: {run.stderr}")


def main():
    if not shutil.which(HELM):
        sys.exit(f"helm is not at {HELM}; `make setup` installs it")
    check_lint()
    check_refusals()
    check_default()
    check_all_options()
    check_existing_claim()
    check_package()
    if EXPORTER:
        check_config_is_valid()
    print(f"{CHART.name}: lint, {len(list(CI.glob('*-values.yaml')))} sets of values, package: fine")


if __name__ == "__main__":
    main()
