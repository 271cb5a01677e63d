package dev.sluice.fetcher.fake;

import dev.sluice.fetcher.fake.Reply.Framing;
import dev.sluice.storage.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Faults of the answer itself: another status, other headers, other bytes. */
public final class AnswerFaults {
  private AnswerFaults() {}

  /** This status; from 400 on with the OCI error body that belongs to it. */
  public static Fault status(int status) {
    return (_, _) -> status < 400 ? Reply.bodyless(status) : Reply.error(status, codeOf(status));
  }

  /** 429 with this Retry-After, as it stands. */
  public static Fault tooManyRequests(String retryAfter) {
    return status(429).and(header("Retry-After", retryAfter));
  }

  /** A redirect to this Location, as it stands. */
  public static Fault redirectTo(int status, String location) {
    return status(status).and(header("Location", location));
  }

  /** A cheerful login page. */
  public static Fault html() {
    return body("text/html", "<!doctype html><title>Sign in</title><p>Welcome to this network!");
  }

  /** 200 with this text. */
  public static Fault body(String mediaType, String text) {
    return body(mediaType, Content.of(text));
  }

  /** 200 with these bytes. */
  public static Fault body(String mediaType, Content bytes) {
    return (_, _) -> Reply.of(200, mediaType, bytes);
  }

  /** The right headers over no bytes. */
  public static Fault empty() {
    return Fault.changing(reply -> reply.withBody(Content.EMPTY));
  }

  /** The right headers over the bytes of something else in the same repository. */
  public static Fault bytesOf(Digest other) {
    return (request, right) -> {
      String path = request.path().replaceFirst("[^/]+$", other.toString());
      return right.apply(request).withBody(right.apply(request.withPath(path)).body());
    };
  }

  /** One bit of the body flipped, in the byte at this position. */
  public static Fault flipBitAt(long position) {
    return Fault.changing(reply -> reply.withBody(reply.body().flippedAt(position)));
  }

  /** The body cut or made longer to this size, with the Content-Length that goes with it. */
  public static Fault resizedTo(long bytes) {
    return Fault.changing(reply -> reply.withBody(reply.body().resized(bytes)));
  }

  /** The body, and then noise without an end, in chunks. */
  public static Fault endless() {
    return resizedTo(Long.MAX_VALUE / 2).and(TravelFaults.chunked());
  }

  /** The body compressed, with a Content-Encoding, whatever was asked for. */
  public static Fault gzip() {
    return Fault.changing(
        reply -> reply.withBody(compressed(reply.body())).header("Content-Encoding", "gzip"));
  }

  /** This header in place of those of its name; written as it stands, control characters too. */
  public static Fault header(String name, String value) {
    return Fault.changing(reply -> reply.header(name, value));
  }

  /** This header besides those of its name, for sending it twice. */
  public static Fault extraHeader(String name, String value) {
    return Fault.changing(reply -> reply.withHeaders(reply.headers().plus(name, value)));
  }

  /** The answer without this header. */
  public static Fault withoutHeader(String name) {
    return Fault.changing(reply -> reply.withHeaders(reply.headers().without(name)));
  }

  /** So many additional headers. */
  public static Fault manyHeaders(int count) {
    return Fault.changing(
        reply -> {
          List<Headers.Field> fields = new ArrayList<>(reply.headers().fields());
          for (int i = 0; i < count; i++) {
            fields.add(new Headers.Field("X-Fake-" + i, "x"));
          }
          return reply.withHeaders(new Headers(fields));
        });
  }

  /** Another Content-Type than the content's. */
  public static Fault contentType(String value) {
    return header("Content-Type", value);
  }

  /** A Docker-Content-Digest that lies, or is garbage. */
  public static Fault contentDigest(String value) {
    return header("Docker-Content-Digest", value);
  }

  /** 206 with this Content-Range over the right bytes. */
  public static Fault contentRange(String value) {
    return Fault.changing(
        reply ->
            new Reply(206, reply.headers(), reply.body(), reply.travel())
                .header("Content-Range", value));
  }

  /** Both a Content-Length and chunks (RFC 9112, 6.3 calls it an attack). */
  public static Fault lengthAndChunks(long length) {
    return header("Content-Length", Long.toString(length))
        .and(Fault.changing(reply -> reply.framed(Framing.CHUNKED)));
  }

  private static String codeOf(int status) {
    return switch (status) {
      case 401 -> "UNAUTHORIZED";
      case 403 -> "DENIED";
      case 404, 410 -> "MANIFEST_UNKNOWN";
      case 429 -> "TOOMANYREQUESTS";
      default -> "UNKNOWN";
    };
  }

  private static Content compressed(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      for (long at = 0; at < content.size(); at += 1 << 16) {
        zip.write(content.read(at, (int) Math.min(1 << 16, content.size() - at)).getBytes());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Content.of(bytes.toByteArray());
  }
}
