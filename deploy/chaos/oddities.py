"""What stands where something else should, in targets and headers that are whole all the same.

All that one request may have of them fits into 8 KiB, which a node reads of a head.
"""

ODD = ["", ".", "..", "%2e%2e", "%00", "%0d%0a", "%", "%zz", "//", "\\", "a" * 300, "A", "_", "__", "-", "~", "é", ";x",
       "?", "??", "#", "&", "=", "+", ":", "@", "sha256:", "manifests", "blobs", "tags/list", "_catalog", "v2", "\x80\xff",
       "${jndi:x}", "<script>", "'", '"', "{}", "0", "9" * 40, "null", "*", "/../../../etc/passwd", "%252e", "uploads/"]
HOSTS = ["localhost", "127.0.0.1", "cache.127.0.0.1", "cache.localhost", "a" * 200, "[::1]:5000", "evil.example:99999",
         "registry.test", ":", "%00", "a,b", "..", "é"]
PLAIN = {
    "Accept": ["*/*", "application/vnd.oci.image.manifest.v1+json", "text/html", ",,,;q=9", "application/json;q=0", "x" * 1000],
    "X-Forwarded-For": ["10.0.0.1", "::1", "a, b, c", "127.0.0.1" + ", 1.1.1.1" * 100, "%s%n", "\x80"],
    "Forwarded": ["for=127.0.0.1;host=evil.example", "for=\"[::1]\"", ";;;="],
    "User-Agent": ["docker/27.0", "", "\t", "\xff\xfe", "x" * 1500, "() { :; }"],
    "Accept-Encoding": ["gzip", "identity;q=0", "br, zstd"],
    "Via": ["1.1 a", "1.1 " + ", 1.1 ".join("abcdefgh"), ",,,", "x" * 500],
    "Traceparent": ["00-" + "1" * 32 + "-" + "2" * 16 + "-01", "00-0-0-0", "zz", "-"],
    "Cookie": ["session=x", ";" * 100, "a=" + "b" * 500],
    "If-Modified-Since": ["Thu, 01 Jan 1970 00:00:00 GMT", "yesterday"],
    "Cache-Control": ["no-cache", "max-age=-1"],
    "Referer": ["http://evil.example/", "~"],
    "Connection": ["keep-alive", "Keep-Alive, TE"],
    "Content-Length": ["0"],
}
LOGINS = ["Basic", "Basic ", "Basic Og==", "Basic !!!", "Basic QVdTOng=", "Bearer x", "Bearer " + "y" * 1500, "Negotiate", "",
          "basic QVdTOg==", "Basic " + "QUFB" * 300, "AWS4-HMAC-SHA256 Credential=x", "\x80\x81", "Digest username=\"a\""]
PAGES = ["", "", "", "n=0", "n=1", "n=-1", "n=" + "9" * 30, "n=a", "last=", "last=latest&n=2", "n=1&n=2", "%", "n=%zz",
         "last=%00", "artifactType=a&artifactType=%2F", "artifactType=%"]
NO_RANGES = ["bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=--1", "bytes=1--", "bytes=0x0-1", "items=0-1", "bytes 0-1", "=",
             "-", "bytes=\u00b2-\u00b3", "bytes=+1-2", "bytes=1.0-2"]
