"""Clients beside each node that pull all the time."""
import hashlib
import http.client
import random
import threading
import time

ATTEMPTS = 5
PATIENCE = 60


def pull(address, image):
    """Pulls an image as docker does; empty where all bytes were right."""
    for path, wanted in image.digests.items():
        trouble = fetch(address, f"/v2/cache/{image.repository}{path}", wanted)
        if trouble:
            return f"{path} of {image.repository} at {address}: {trouble}"
    return ""


def fetch(address, path, wanted):
    """A manifest is asked for once; a blob that breaks off goes on from the very byte."""
    body, failures = b"", []
    for attempt in range(ATTEMPTS if "/blobs/" in path else 1):
        body, failure = more(address, path, body)
        if failure is None:
            got = "sha256:" + hashlib.sha256(body).hexdigest()
            return "" if got == wanted else f"WRONG BYTES {got}"
        failures.append(failure)
        time.sleep(0.2 * (attempt + 1))
    return "; ".join(failures)


def more(address, path, body):
    """The body with what was left of it, and what went wrong."""
    connection = http.client.HTTPConnection(address, 5000, timeout=PATIENCE)
    try:
        headers = {"Accept": "application/vnd.oci.image.manifest.v1+json, */*"}
        if body:
            headers["Range"] = f"bytes={len(body)}-"
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        if answer.status != (206 if body else 200):
            return body, f"status {answer.status} {answer.read(300)!r}"
        try:
            return body + answer.read(), None
        except http.client.IncompleteRead as cut:
            return body + cut.partial, f"cut after {len(cut.partial)} bytes"
    except (OSError, http.client.HTTPException) as failure:
        return body, repr(failure)
    finally:
        connection.close()


class Load:
    """Pulls of cached images at every node, and of new ones at all nodes at once."""

    def __init__(self, network, addresses, cached, fresh, seed):
        self.network, self.addresses = network, addresses
        self.cached, self.fresh = cached, fresh
        self.random = random.Random(seed)
        self.over = threading.Event()
        self.lock = threading.Lock()
        self.cached_pulls, self.fresh_pulls, self.slowest = 0, 0, 0.0
        self.troubles, self.fresh_troubles, self.images = [], [], []
        self.threads = [threading.Thread(target=self._beside, args=(place,)) for place in addresses]
        self.threads.append(threading.Thread(target=self._pull_fresh))

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def _beside(self, place):
        self.network.enter(place)
        while not self.over.is_set():
            began = time.monotonic()
            trouble = pull(self.addresses[place], self.random.choice(self.cached))
            with self.lock:
                self.cached_pulls += 1
                self.slowest = max(self.slowest, time.monotonic() - began)
                self.troubles += [trouble] if trouble else []
            time.sleep(0.05)

    def _pull_fresh(self):
        while not self.over.is_set():
            image, began = self.fresh(), time.monotonic()
            threads = [threading.Thread(target=self._fresh_at, args=(place, image))
                       for place in self.addresses]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.images.append((image, began, time.monotonic()))
            time.sleep(0.3)

    def pulled(self, since=0.0, until=float("inf")):
        """The new images whose pulls began and ended between two moments."""
        return [image for image, began, ended in self.images if since <= began and ended <= until]

    def _fresh_at(self, place, image):
        self.network.enter(place)
        trouble = pull(self.addresses[place], image)
        with self.lock:
            self.fresh_pulls += 1
            self.fresh_troubles += [trouble] if trouble else []
