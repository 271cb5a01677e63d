"""The conformance suite of the OCI distribution spec: got as a Go module, run, and its report read."""
import collections
import os
import pathlib
import re
import shutil
import subprocess

MODULE = "github.com/opencontainers/distribution-spec/conformance"
VERSION = "v0.0.0-20260831232431-97274622c111"
# Of the suite's go.mod.
NEEDED = (1, 24)
BUILT_WITHIN, RUN_WITHIN = 300, 300

# What a client pulls and finds by; each has to be seen to pass, for a check that is left out is no pass.
READING = ("Ping", "Tag listing", "Referrers", "Blob get", "Blob head", "Manifest get by digest",
           "Manifest get by tag", "Manifest head by digest", "Manifest head by tag")

_CHECK = re.compile(r"^( *)OCI Conformance Test/(.*): (Pass|FAIL|Skip|Disabled|Error|Unknown)$")
_COUNT = re.compile(r"^  (Pass|FAIL|Skip|Disabled|Error)\.+: +(\d+)$", re.M)
_API = re.compile(r"^  ([A-Z][a-z ]+)\.+: +(\w+)$", re.M)


class Unavailable(Exception):
    """The suite cannot be had on this machine."""


def find_go():
    """A Go that is new enough."""
    for go in [shutil.which("go"), "/usr/local/go/bin/go", *map(str, pathlib.Path("/usr/lib").glob("go-*/bin/go"))]:
        if go and os.path.exists(go) and _version(go) >= NEEDED:
            return go
    raise Unavailable("no Go of version {}.{} or newer".format(*NEEDED))


def _version(go):
    said = subprocess.run([go, "env", "GOVERSION"], capture_output=True, text=True).stdout
    numbers = re.match(r"go(\d+)\.(\d+)", said)
    return tuple(map(int, numbers.groups())) if numbers else (0, 0)


def build(folder):
    """The suite as a program in a folder."""
    # Without other tool chains than the one that is here, and without flags that are not for this module.
    env = {**os.environ, "GOBIN": str(folder), "GOTOOLCHAIN": "local", "GOFLAGS": ""}
    try:
        done = subprocess.run([find_go(), "install", f"{MODULE}@{VERSION}"], env=env, cwd=folder,
                              capture_output=True, text=True, timeout=BUILT_WITHIN)
    except subprocess.TimeoutExpired:
        raise Unavailable(f"the suite did not come within {BUILT_WITHIN} s") from None
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        raise Unavailable(f"the suite cannot be had from the Go module proxy: {last[:300]}")
    return pathlib.Path(folder) / "conformance"


class Report:
    """What the suite says; its files are not read, for it stops before them where nothing is pushed."""

    def __init__(self, text):
        self.text = text
        self.counts = collections.Counter({name: int(count) for name, count in _COUNT.findall(text)})
        self.apis = dict(_API.findall(text.partition("API conformance:")[2].partition("Data")[0]))
        self.failed = _failed(text.splitlines())

    def unnamed(self):
        """How many failures it counts without a word on them."""
        return max(0, self.counts["FAIL"] + self.counts["Error"] - len(self.failed))

    def gaps(self):
        """Which of the interfaces for reading were not seen to pass."""
        return [name for name in READING if self.apis.get(name) != "Pass"]


def _failed(lines):
    """The checks that failed and have none below them, each with what the suite says of it."""
    failed, depth, reading = [], 0, False
    for line in lines:
        check = _CHECK.match(line)
        if check:
            # What has checks below it is no check of its own.
            if reading and len(check[1]) > depth:
                failed.pop()
            reading, depth = check[3] in ("FAIL", "Error"), len(check[1])
            if reading:
                failed.append((check[2], ""))
        elif not line:
            reading = False
        elif reading:
            failed[-1] = (failed[-1][0], failed[-1][1] + line.strip() + " ")
    return failed


def run(program, folder, port, repository, **settings):
    """Runs it against a registry on this machine; settings are its variables without `OCI_`."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("OCI_")}
    env.update(OCI_REGISTRY=f"127.0.0.1:{port}", OCI_TLS="disabled", OCI_REPO1=repository,
               OCI_REPO2=repository + "-other", OCI_RESULTS_DIR=str(folder), OCI_LOG="error",
               OCI_API_TAGS_DELETE="false", OCI_API_MANIFESTS_DELETE="false", OCI_API_BLOBS_DELETE="false")
    env.update({f"OCI_{name}": value for name, value in settings.items()})
    done = subprocess.run([str(program)], env=env, cwd=folder, capture_output=True, text=True, timeout=RUN_WITHIN)
    if "API conformance:" not in done.stdout:
        raise RuntimeError(f"the suite gave no report:\n{(done.stdout + done.stderr)[-4000:]}")
    return Report(done.stdout)
