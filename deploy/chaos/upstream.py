"""A registry that makes up its images and counts what it is asked for."""
import collections
import hashlib
import http.server
import json
import random
import threading

CONFIG = b'{"architecture":"amd64","os":"linux"}'
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
LAYER_SIZE = 512 * 1024
PORT = 5555


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


class Image:
    """What a client asks for, in its order: paths below the repository, and the bytes that must come."""

    def __init__(self, name, layer):
        listed = [{"mediaType": "application/vnd.oci.image.config.v1+json", "digest": digest(CONFIG),
                   "size": len(CONFIG)},
                  {"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": digest(layer),
                   "size": len(layer)}]
        manifest = json.dumps({"schemaVersion": 2, "mediaType": MANIFEST, "config": listed[0],
                               "layers": listed[1:]}).encode()
        self.repository = f"team/{name}"
        self.layer = digest(layer)
        self.contents = {"/manifests/latest": manifest, f"/manifests/{digest(manifest)}": manifest,
                         f"/blobs/{digest(CONFIG)}": CONFIG, f"/blobs/{self.layer}": layer}
        self.digests = {path: digest(content) for path, content in self.contents.items()}


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Whoever is killed breaks connections off."""


class Upstream:
    """Serves images on a port of one address."""

    def __init__(self, seed):
        self.seed = seed
        self.contents, self.digests = {}, {}
        self.gets = collections.Counter()
        self.lock = threading.Lock()

    def publish(self, name, size=LAYER_SIZE):
        """Makes up an image with one layer of so many bytes."""
        image = Image(name, random.Random(f"{self.seed} {name}").randbytes(size))
        for path, content in image.contents.items():
            self.contents[f"/v2/{image.repository}{path}"] = content
            self.digests[f"/v2/{image.repository}{path}"] = image.digests[path]
        return image

    def withdraw(self, image):
        """Forgets the bytes of an image."""
        for path in image.contents:
            self.contents.pop(f"/v2/{image.repository}{path}")

    def listen(self, address, port=PORT):
        """Called by a thread of the place where it is to listen; port 0 for any."""
        self.server = _Server((address, port), self._handler())
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def most_asked(self, images):
        """The layer that was asked for most often, whole or in part, and how often."""
        with self.lock:
            return max(((image.layer, self.gets[image.layer]) for image in images),
                       key=lambda one: one[1], default=("", 0))

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def _handler(upstream):
        class Exchange(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_HEAD(self):
                self.answer(False)

            def do_GET(self):
                if "/blobs/" in self.path:
                    with upstream.lock:
                        upstream.gets[self.path.rsplit("/", 1)[1]] += 1
                self.answer(True)

            def answer(self, has_body):
                content = b"{}" if self.path == "/v2/" else upstream.contents.get(self.path)
                if content is None:
                    self.send_response(404)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                start = int(self.headers.get("Range", "bytes=0-")[6:].split("-")[0])
                self.send_response(206 if start else 200)
                if start:
                    self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
                kind = MANIFEST if "/manifests/" in self.path else "application/octet-stream"
                self.send_header("Content-Type", kind)
                if self.path in upstream.digests:
                    self.send_header("Docker-Content-Digest", upstream.digests[self.path])
                self.send_header("Content-Length", str(len(content) - start))
                self.end_headers()
                if has_body:
                    self.send(memoryview(content)[start:])

            def send(self, content):
                try:
                    self.wfile.write(content)
                except OSError:
                    self.close_connection = True

            def log_message(self, *words):
                pass

        return Exchange
