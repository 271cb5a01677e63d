package dev.sluice.fetcher.fake;

import dev.sluice.fetcher.fake.Reply.Framing;
import dev.sluice.fetcher.fake.Reply.Pace;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Faults of the journey: the right answer, which arrives in pieces, late, or never.
 *
 * <p>Positions count the bytes of this answer's body, so 0 is right behind the head.
 */
public final class TravelFaults {
  private TravelFaults() {}

  /** Ends the connection (FIN) after so many bytes of the body. */
  public static Fault cutAt(long bytes) {
    return Fault.changing(reply -> reply.stopping(new Stop.Cut(bytes, false)));
  }

  /** Resets the connection (RST) after so many bytes of the body; fewer may arrive. */
  public static Fault resetAt(long bytes) {
    return Fault.changing(reply -> reply.stopping(new Stop.Cut(bytes, true)));
  }

  /** Ends the connection (FIN) without a word. */
  public static Fault closeUnanswered() {
    return cutAt(Stop.BEFORE_HEAD);
  }

  /** Resets the connection (RST) without a word. */
  public static Fault resetUnanswered() {
    return resetAt(Stop.BEFORE_HEAD);
  }

  /** Takes the request and says nothing, for ever. */
  public static Fault neverAnswer() {
    return stallAt(Stop.BEFORE_HEAD);
  }

  /** Falls silent after so many bytes of the body, for ever. */
  public static Fault stallAt(long bytes) {
    return Fault.changing(reply -> reply.stopping(new Stop.Stall(bytes)));
  }

  /** Waits at the gate before the status line. */
  public static Fault holdHeaders(Gate gate) {
    return holdAt(Stop.BEFORE_HEAD, gate);
  }

  /** Waits at the gate after so many bytes of the body. */
  public static Fault holdAt(long bytes, Gate gate) {
    return Fault.changing(reply -> reply.stopping(new Stop.Hold(bytes, gate)));
  }

  /** Sends at this pace, in twenty pieces a second; at least 20 bytes per second. */
  public static Fault slow(int bytesPerSecond) {
    return trickle(Math.max(1, bytesPerSecond / 20), Duration.ofMillis(50));
  }

  /** Sends so many bytes of the body, pauses, and so on. */
  public static Fault trickle(int bytes, Duration pause) {
    return Fault.changing(reply -> reply.paced(new Pace(bytes, pause.toMillis())));
  }

  /** Sends the body in chunks and so without a Content-Length. */
  public static Fault chunked() {
    return Fault.changing(reply -> reply.framed(Framing.CHUNKED));
  }

  /** States no length and ends the body by closing; with {@link #cutAt} the loss is invisible. */
  public static Fault untilClose() {
    return Fault.changing(reply -> reply.framed(Framing.UNTIL_CLOSE));
  }

  /** States this Content-Length, sends the body as it is, and closes. */
  public static Fault declareLength(long bytes) {
    return Fault.changing(reply -> reply.header("Content-Length", Long.toString(bytes)));
  }

  /** Sends these characters (Latin-1) in place of an answer, and closes. */
  public static Fault garbage(String characters) {
    Content body = Content.of(Buffer.buffer(characters, "ISO-8859-1").getBytes());
    return Fault.changing(reply -> reply.withBody(body).framed(Framing.BARE));
  }

  /** Sends so many {@code 103 Early Hints} ahead of the answer. */
  public static Fault earlyHints(int count) {
    Content hints = Content.of("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(count));
    return Fault.changing(reply -> reply.preceded(hints));
  }

  /** Sends a second answer, which nobody asked for, right behind the first. */
  public static Fault smuggled(String body) {
    String head = "HTTP/1.1 200 Smuggled\r\nContent-Length: " + body.length() + "\r\n\r\n";
    return Fault.changing(reply -> reply.followed(Content.of(head + body)));
  }

  /** Answers as if no Range had been asked for. */
  public static Fault ignoringRange() {
    return (request, right) -> right.apply(request.withHeaders(request.headers().without("Range")));
  }

  /** Serves every range from so many bytes further on, and says so in the Content-Range. */
  public static Fault shiftingRange(long by) {
    return (request, right) -> {
      Optional<String> asked = request.header("Range");
      if (asked.isEmpty()) {
        return right.apply(request);
      }
      String[] bounds = asked.get().substring("bytes=".length()).split("-", 2);
      String moved = "bytes=" + (Long.parseLong(bounds[0]) + by) + '-' + bounds[1];
      return right.apply(request.withHeaders(request.headers().with("Range", moved)));
    };
  }
}
