"""Redis and the nodes, each in its place, as processes."""
import pathlib
import shutil
import subprocess
import tempfile
import time
import urllib.request

from network import ADDRESSES, NODES
from upstream import PORT

TOP = pathlib.Path(__file__).resolve().parents[2]
DEADLINE = 60

CONFIGURATION = """\
listen: {host}:5000
management: {host}:9090
data: {folder}/{place}
access: {{ anonymous: pull }}
upstreams: {{ allowPrivate: [10.77.0.0/24] }}
rules:
  - {{ prefix: cache, upstream: registry.test, endpoint: "http://{hub}:{port}", insecure: true }}
metadata: {{ type: redis, redis: {{ url: "redis://{hub}:6379" }} }}
cluster: {{ host: {host}, members: [{members}], secretFile: {folder}/secret }}
log: {{ format: plain }}
"""


class Cluster:
    """Three nodes and what they need; the addresses that are to be listened on are known."""

    def __init__(self, network):
        self.network = network
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="chaos"))
        self.processes = {}

    def start(self):
        (self.folder / "secret").write_text("only the nodes of this test know it\n")
        hub = ADDRESSES["hub"]
        self._start("hub", "redis-server", "--bind", hub, "--port", "6379", "--save", "",
                    "--protected-mode", "no", "--dir", str(self.folder))
        for place in NODES:
            file = self.folder / f"{place}.yaml"
            file.write_text(CONFIGURATION.format(
                host=ADDRESSES[place], hub=hub, port=PORT, folder=self.folder, place=place,
                members=", ".join(ADDRESSES[one] for one in NODES)))
            self._start(place, str(TOP / "sluice"), "serve", "--config", str(file))

    def _start(self, place, *words):
        log = open(self.folder / f"{place}.log", "wb")
        self.processes[place] = subprocess.Popen(
            self.network.words(place, *words), stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        log.close()

    def expected_listeners(self, place):
        ports = [6379, PORT] if place == "hub" else [5000, 9090, 5701, 5702, 5001]
        return {f"{ADDRESSES[place]}:{port}" for port in ports}

    def metric(self, place, name):
        """The value of a metric without labels; none where the node does not answer."""
        try:
            text = self.network.call(place, _get, f"http://{ADDRESSES[place]}:9090/metrics")
        except OSError:
            return None
        return next((float(line.split()[1]) for line in text.splitlines()
                     if line.startswith(name + " ")), None)

    def await_whole(self, deadline=DEADLINE, settled=0):
        """Seconds until every node hears every other, and does for so long after; none where late."""
        began = since = time.monotonic()
        while time.monotonic() - began < deadline + settled:
            if any(self.metric(place, "sluice_cluster_answering") != len(NODES) - 1 for place in NODES):
                since = time.monotonic()
            elif time.monotonic() - since >= settled:
                return since - began
            time.sleep(0.2)
        return None

    def await_split(self, place, others, deadline=DEADLINE):
        """Whether a node hears so few others in time."""
        end = time.monotonic() + deadline
        while self.metric(place, "sluice_cluster_answering") != others:
            if time.monotonic() > end:
                return False
            time.sleep(0.2)
        return True

    def said_about(self, words):
        """What the nodes' logs have about something."""
        return "".join(
            f"  {place} {line[:300]}\n" for place in NODES
            for line in (self.folder / f"{place}.log").read_text(errors="replace").splitlines()
            if words in line)

    def said(self):
        """The ends of the nodes' logs, but for the requests."""
        text = ""
        for place in NODES:
            lines = (self.folder / f"{place}.log").read_text(errors="replace").splitlines()
            lines = [line[:300] for line in lines if " requests: " not in line]
            text += f"== {place}\n" + "\n".join(lines[-40:]) + "\n"
        return text

    def close(self):
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def _get(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read().decode()
