"""Whether an answer may be one to a request."""
import hashlib


def verdict(request, answer, contents):
    """What is wrong with the answer; none where nothing is.

    contents: what upstream has, by digest
    """
    if answer.version != "HTTP/1.1" or answer.status not in request.allowed:
        return f"{answer.version} {answer.status} {answer.body[:200]!r}"
    told = answer.headers.get("x-request-id")
    if told != request.id and (told is not None or request.content is not None):
        return f"the answer to {told}"
    return wrong_bytes(answer, contents, request.method == "HEAD") or _other(request, answer)


def _other(request, answer):
    """Right bytes, but not those that were asked for."""
    has_body = request.method != "HEAD"
    if answer.status == 200 and request.content is not None and has_body and answer.body != request.content:
        return "another body"
    if answer.status == 200 and request.content is not None and answer.headers.get("content-length") != str(len(request.content)):
        return f"another length: {answer.headers.get('content-length')}"
    if answer.status == 206 and request.part is not None:
        start, end = request.part
        if answer.body != request.content[start:end]:
            return f"another part: {answer.headers.get('content-range')}"
    if answer.status >= 400 and has_body and request.target.startswith("/v2/") and not answer.body.startswith(b'{"errors":[{'):
        return f"no error of the spec: {answer.body[:100]!r}"
    return None


def wrong_bytes(answer, contents, is_head):
    """What an answer says by itself: a body that names a digest has it, or is the part that it says."""
    named = answer.headers.get("docker-content-digest")
    if named is None or is_head or answer.status not in (200, 206):
        return None
    if answer.status == 200:
        if contents.get(named) == answer.body:
            return None
        algorithm, _, wanted = named.partition(":")
        return None if hashlib.new(algorithm, answer.body).hexdigest() == wanted else f"not {named}"
    span, _, size = answer.headers.get("content-range", "").removeprefix("bytes ").partition("/")
    first, _, last = span.partition("-")
    content = contents.get(named)
    if content is None:
        return f"part of an unknown {named}"
    right = content[int(first):int(last) + 1] == answer.body and int(size) == len(content)
    return None if right else f"not the part {span} of {named}"
