"""Debian's docker-registry, as an upstream that may go away, and what is in one of its repositories."""
import collections
import json
import pathlib
import subprocess
import time
import urllib.error
import urllib.request

from node import free_port

READY_WITHIN = 30
INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"

CONFIGURATION = """\
version: 0.1
log: {{ level: error, accesslog: {{ disabled: true }} }}
storage: {{ filesystem: {{ rootdirectory: {images} }} }}
http: {{ addr: "127.0.0.1:{port}" }}
"""


class Registry:
    """An empty registry whose images are kept below a folder."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.images, self.port = self.folder / "images", free_port()
        self.process = None

    def start(self):
        file = self.folder / "registry.yaml"
        file.write_text(CONFIGURATION.format(images=self.images, port=self.port))
        with open(self.folder / "registry.log", "wb") as log:
            self.process = subprocess.Popen(["docker-registry", "serve", str(file)], stdout=log,
                                            stderr=log, stdin=subprocess.DEVNULL)
        end = time.monotonic() + READY_WITHIN
        while not self._listens():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("docker-registry does not listen:\n" + self.said())
            time.sleep(0.05)

    def _listens(self):
        try:
            return self.ask("GET", "").status == 200
        except OSError:
            return False

    def said(self):
        return (self.folder / "registry.log").read_text(errors="replace")[-4000:]

    def ask(self, method, path, content=None, kind=None):
        headers = {"Accept": f"{INDEX}, {MANIFEST}"}
        if kind:
            headers["Content-Type"] = kind
        question = urllib.request.Request(f"http://127.0.0.1:{self.port}/v2/{path}", content, headers,
                                          method=method)
        return urllib.request.urlopen(question, timeout=30)

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Repository:
    """What a repository has. It has no API that lists manifests and blobs, so its folder is read."""

    def __init__(self, registry, name):
        self.registry, self.name = registry, name
        self.folder = registry.images / "docker/registry/v2/repositories" / name
        self.referrers = collections.defaultdict(list)
        self.manifests = self._held("manifests", "_manifests/revisions")
        self.blobs = self._held("blobs", "_layers")

    def _held(self, kind, below):
        """The digests that the registry has links to and that it really answers."""
        links = sorted((self.folder / below).glob("*/*/link"))
        digests = [f"{link.parent.parent.name}:{link.parent.name}" for link in links]
        return [digest for digest in digests if self._answers(f"{kind}/{digest}")]

    def _answers(self, path):
        try:
            return self.registry.ask("HEAD", f"{self.name}/{path}").status == 200
        except urllib.error.HTTPError:
            return False

    @property
    def tags(self):
        return sorted(tag.name for tag in (self.folder / "_manifests/tags").iterdir())

    def tag_referrers(self):
        """Lists what refers to a subject under the subject's tag, as clients do for such a registry."""
        for digest in self.manifests:
            with self.registry.ask("GET", f"{self.name}/manifests/{digest}") as answer:
                manifest, kind = json.load(answer), answer.headers["Content-Type"]
                size = int(answer.headers["Content-Length"])
            if "subject" in manifest:
                self.referrers[manifest["subject"]["digest"]].append(
                    _descriptor(digest, kind, size, manifest))
        for subject, descriptors in self.referrers.items():
            index = {"schemaVersion": 2, "mediaType": INDEX, "manifests": descriptors}
            self.registry.ask("PUT", f"{self.name}/manifests/{subject.replace(':', '-')}",
                              json.dumps(index).encode(), INDEX).close()


def _descriptor(digest, kind, size, manifest):
    """A descriptor as the spec's referrers API has it: the config's type stands in for artifactType."""
    described = {"mediaType": kind, "digest": digest, "size": size}
    artifact = manifest.get("artifactType") or manifest.get("config", {}).get("mediaType")
    if artifact:
        described["artifactType"] = artifact
    if "annotations" in manifest:
        described["annotations"] = manifest["annotations"]
    return described
