"""One node on this machine, as a process that can be killed, and what it says of itself."""
import os
import pathlib
import socket
import subprocess
import time
import urllib.request

TOP = pathlib.Path(__file__).resolve().parents[2]
READY_WITHIN = 90

CONFIGURATION = """\
listen: 127.0.0.1:{port}
management: 127.0.0.1:{management}
data: {data}
access: {{ anonymous: pull }}
upstreams: {{ allowPrivate: [127.0.0.0/8] }}
rules:
  - {{ prefix: cache, upstream: registry.test, endpoint: "http://127.0.0.1:{upstream}", insecure: true }}
storage: {{ maxSize: {limit}, scrub: off }}
log: {{ format: plain, requests: false }}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Node:
    """A node with a data folder; its log and configuration, which may say more, are in another."""

    def __init__(self, folder, data, upstream, limit="80%", more=""):
        self.folder, self.data = pathlib.Path(folder), pathlib.Path(data)
        self.port, self.management = free_port(), free_port()
        self.log = self.folder / "node.log"
        self.process = None
        self.configuration = self.folder / "node.yaml"
        self.configuration.write_text(CONFIGURATION.format(
            port=self.port, management=self.management, data=data, upstream=upstream, limit=limit) + more)

    def start(self, *before):
        """Starts it, under another program if one is given; the seconds until it is ready."""
        began = time.monotonic()
        words = [*before, str(TOP / "sluice"), "serve", "--config", str(self.configuration)]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(words, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        while time.monotonic() - began < READY_WITHIN:
            if self.process.poll() is not None:
                raise RuntimeError(f"the node ended with {self.process.returncode}:\n{self.said()}")
            if self._get("/health/ready") is not None:
                return time.monotonic() - began
            time.sleep(0.05)
        raise RuntimeError(f"the node is not ready after {READY_WITHIN} s:\n{self.said()}")

    def _get(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.management}{path}", timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            return None

    def metric(self, name):
        """The value of a metric without labels; none where the node does not answer."""
        text = self._get("/metrics") or ""
        return next((float(line.split()[1]) for line in text.splitlines()
                     if line.startswith(name + " ")), None)

    def heap(self):
        """Bytes of the heap that are in use once everything is collected that can be."""
        # The node's own JVM, whatever else is installed.
        java = pathlib.Path(f"/proc/{self.process.pid}/exe").resolve()
        subprocess.run([java.with_name("jcmd"), str(self.process.pid), "GC.run"],
                       check=True, capture_output=True)
        return sum(float(line.split()[-1]) for line in self._get("/metrics").splitlines()
                   if line.startswith("jvm_memory_used_bytes{") and 'area="heap"' in line)

    def descriptors(self):
        """How many files and sockets its process has open."""
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def await_metric(self, name, value, seconds):
        """How long it took to come to that; none where it did not."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if self.metric(name) == value:
                return time.monotonic() - began
            time.sleep(0.1)
        return None

    def said(self, words="", last=40):
        """The ends of the lines of its log that have these words."""
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join([line[:300] for line in lines if words in line][-last:])

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            self.kill()
