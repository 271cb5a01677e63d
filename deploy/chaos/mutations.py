"""Requests whose ends are clear, and so the connection goes on after them: paths, queries, conditions."""
import dataclasses

import oddities
from upstream import digest

FINE = frozenset({200, 206, 304})
REFUSED = frozenset({400, 401, 403, 404, 405, 413, 414, 416, 417, 431})
# Never 502: containerd does not try again after that.
ASKED = frozenset({429, 503, 504, 508})
NO_LOGIN = frozenset({401, 403, 429, 503})
ANY = FINE | REFUSED | ASKED


@dataclasses.dataclass
class Request:
    """Bytes, and what may come back for them."""
    method: str
    target: str
    headers: list
    # What the answer's status may be, and whose digest is asked for, where that is clear.
    allowed: frozenset
    content: bytes | None = None
    # Where a part must come, and no other.
    part: tuple | None = None
    id: str = ""

    def raw(self):
        lines = [f"{self.method} {self.target} HTTP/1.1"] + [f"{name}: {value}" for name, value in self.headers]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


class Mutations:
    """Makes requests about images, by chance that a seed decides."""

    def __init__(self, chance, images, name):
        self.chance, self.images, self.name = chance, images, name
        self.made = 0
        # Few enough for what is remembered of them; upstream is not what is tried here.
        self.unknown = [f"team/none{i}" for i in range(20)]

    def one(self):
        pick = self.chance.random()
        if pick < 0.55:
            request = self.wanted()
        elif pick < 0.7:
            request = self.listed()
        elif pick < 0.85:
            request = self.absent()
        else:
            request = self.bent()
        return self.dressed(request)

    def way(self, path):
        """One of the ways to address what is at a path below an upstream's /v2."""
        return self.chance.choice((f"/v2/cache{path}", f"/v2/cache{path}", f"/cache/v2{path}",
                                   f"/v2{path}?ns=registry.test"))

    def method(self):
        return "HEAD" if self.chance.random() < 0.2 else "GET"

    def wanted(self):
        image = self.chance.choice(self.images)
        path, content = self.chance.choice(list(image.contents.items()))
        request = Request(self.method(), self.way(f"/{image.repository}{path}"), [], frozenset({200}) | ASKED, content)
        etag = f'"{digest(content)}"'
        if "/blobs/" in path and self.chance.random() < 0.6:
            self.range(request, etag, len(content))
        if self.chance.random() < 0.1:
            tags = self.chance.choice((etag, "W/" + etag, "*", f'"x", {etag}', '"x"', "", ",", etag[:-2]))
            request.headers.append(("If-None-Match", tags))
            if etag in tags or tags == "*":
                request.allowed, request.part = frozenset({304}) | ASKED, None
        return request

    def range(self, request, etag, size):
        value, status, part = self.spans(size)
        request.headers.append(("Range", value))
        counts = request.method == "GET"
        if self.chance.random() < 0.2:
            condition = self.chance.choice((etag, "W/" + etag, '"x"', "Thu, 01 Jan 1970 00:00:00 GMT", ""))
            request.headers.append(("If-Range", condition))
            counts = counts and condition == etag
        if counts:
            request.allowed, request.part = frozenset(status) | ASKED, part

    def spans(self, size):
        """A Range, the statuses that may follow, and the part."""
        first, last = sorted((self.chance.randrange(size), self.chance.randrange(size)))
        return self.chance.choice((
            (f"bytes={first}-{last}", {206}, (first, last + 1)),
            (f"bytes={first}-", {206}, (first, size)),
            (f"bytes=-{last + 1}", {206}, (size - last - 1, size)),
            (f"bytes={first}-{size + last}", {206}, (first, size)),
            (f"bytes={first}-{'9' * 30}", {206}, (first, size)),
            (f"bytes=-{'9' * 30}", {206}, (0, size)),
            (f"bytes=0{first}-0{last}", {206}, (first, last + 1)),
            (f"bytes={size}-", {416}, None),
            (f"bytes={'9' * 30}-", {416}, None),
            ("bytes=-0", {416}, None),
            (f"bytes={first}-{last},{last}-", {200, 416}, None),
            ("bytes=" + ",".join(["0-0"] * 300), {200, 416}, None),
            (f"bytes={last + 1}-{first}", {200, 416}, None),
            (self.chance.choice(oddities.NO_RANGES), {200, 416}, None)))

    def listed(self):
        image, page = self.chance.choice(self.images), self.chance.choice(oddities.PAGES)
        kind = self.chance.choice(("tags", "referrers", "catalog", "ping"))
        if kind == "catalog":
            allowed = {401} if page == "" else {400, 401}
            return self.query(Request(self.method(), "/v2/_catalog", [], frozenset(allowed)), page)
        if kind == "ping":
            return self.query(Request(self.method(), self.chance.choice(("/v2/", "/v2", "/cache/v2", "/cache/v2/")), [],
                                      frozenset({200})), page)
        of = "/tags/list" if kind == "tags" else "/referrers/" + image.digests["/manifests/latest"]
        return self.query(Request(self.method(), self.way(f"/{image.repository}{of}"), [],
                                  frozenset({200} if page == "" else {200, 400, 404}) | ASKED), page)

    @staticmethod
    def query(request, page):
        if page:
            request.target += ("&" if "?" in request.target else "?") + page
        return request

    def absent(self):
        """What upstream does not have there, although there may be such bytes in the cache."""
        image, other = self.chance.sample(self.images, 2)
        of = self.chance.choice((
            f"/{image.repository}/blobs/{other.layer}",
            f"/{image.repository}/manifests/{other.digests['/manifests/latest']}",
            f"/{self.chance.choice(self.unknown)}/manifests/latest",
            f"/{self.chance.choice(self.unknown)}/blobs/{image.layer}",
            f"/{image.repository}/manifests/none{self.chance.randrange(20)}",
            f"/{image.repository}/blobs/sha512:{'0' * 128}"))
        return Request(self.method(), self.way(of), [], frozenset({404}) | ASKED)

    def bent(self):
        """A target that is almost one; it may well still be one."""
        image = self.chance.choice(self.images)
        target = self.way(f"/{image.repository}{self.chance.choice(list(image.contents))}")
        for _ in range(self.chance.randrange(1, 4)):
            at = self.chance.randrange(1, len(target) + 1)
            cut = at + self.chance.choice((0, 0, 1, 1, 2, 20))
            target = target[:at] + self.chance.choice(oddities.ODD) + target[cut:]
        method = self.chance.choice(("GET", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW", "get"))
        # Below the ECR API's and the console's paths other rules hold.
        return Request(method, target, [], ANY | {307} if method in ("GET", "HEAD") else REFUSED | ASKED)

    def dressed(self, request):
        """Adds what most servers would not look at, in any order, and a name to know the answer by."""
        chance = self.chance
        self.made += 1
        request.id = f"{self.name}-{self.made}"
        host = "127.0.0.1"
        if chance.random() < 0.05:
            host = chance.choice(oddities.HOSTS)
            # One that stands for a prefix makes the same path mean something else.
            request.allowed = request.allowed | ANY
            if host.startswith("cache."):
                request.content = request.part = None
        request.headers += [("Host", host), ("X-Request-Id", request.id)]
        while chance.random() < 0.4:
            name = chance.choice(list(oddities.PLAIN))
            if name.lower() not in (known.lower() for known, _ in request.headers):
                request.headers.append((chance.choice((name, name.lower(), name.upper())), chance.choice(oddities.PLAIN[name])))
        if chance.random() < 0.02:
            request.headers.append(("Authorization", chance.choice(oddities.LOGINS)))
            is_pull = request.method in ("GET", "HEAD") and request.target.startswith("/v2/")
            request.allowed = NO_LOGIN if is_pull else request.allowed | NO_LOGIN
            request.part = None
        for i in range(chance.choice((0, 0, 0, 0, 0, 0, 0, 0, 5, 60))):
            request.headers.append((f"X-{i}", "v" * chance.randrange(20)))
        chance.shuffle(request.headers)
        return request
