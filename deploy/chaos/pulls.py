"""Clients that pull as docker does: a body that breaks off goes on from the very byte."""
import collections
import hashlib
import http.client
import threading
import time

CHUNK = 64 * 1024
PATIENCE = 60


class Tally:
    """What clients have met, together."""

    def __init__(self):
        self.lock = threading.Lock()
        self.counts = collections.Counter()
        self.examples = []

    def add(self, what, example=""):
        with self.lock:
            self.counts[what] += 1
            if example and len(self.examples) < 12:
                self.examples.append(f"{what}: {example}")

    def __getitem__(self, what):
        return self.counts[what]


class Body:
    """One body on its way; it may take several answers."""

    def __init__(self, port, path, pause):
        self.port, self.path, self.pause = port, path, pause
        self.hasher, self.got = hashlib.sha256(), 0

    def more(self):
        """Reads one answer; what went wrong, or none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            headers = {"Accept": "application/vnd.oci.image.manifest.v1+json, */*"}
            if self.got:
                headers["Range"] = f"bytes={self.got}-"
            connection.request("GET", self.path, headers=headers)
            answer = connection.getresponse()
            if answer.status != (206 if self.got else 200):
                return f"status {answer.status} {answer.read(200)!r}"
            return self._read(answer, int(answer.headers["Content-Length"]))
        except (OSError, http.client.HTTPException) as failure:
            return f"cut: {failure!r}" if self.got else repr(failure)
        finally:
            connection.close()

    def _read(self, answer, left):
        while left:
            chunk = answer.read(min(CHUNK, left))
            if not chunk:
                return f"cut with {left} bytes missing"
            self.hasher.update(chunk)
            self.got += len(chunk)
            left -= len(chunk)
            if self.pause:
                time.sleep(self.pause)
        return None


def fetch(port, path, wanted, tally, attempts=5, pause=0):
    """Whether the bytes came and were right."""
    body = Body(port, path, pause)
    for attempt in range(attempts):
        trouble = body.more()
        if trouble is None:
            if "sha256:" + body.hasher.hexdigest() == wanted:
                tally.add("right")
                return True
            tally.add("wrong bytes", path)
            return False
        tally.add("cut" if trouble.startswith("cut") else "refused", f"{path} {trouble}")
        time.sleep(0.2 * (attempt + 1))
    tally.add("failed", path)
    return False


def pull(port, image, tally, attempts=5, pause=0):
    """Whether all of an image came and was right."""
    good = all([fetch(port, f"/v2/cache/{image.repository}{path}", wanted, tally, attempts, pause)
                for path, wanted in image.digests.items()])
    tally.add("pulls" if good else "failed pulls")
    return good
