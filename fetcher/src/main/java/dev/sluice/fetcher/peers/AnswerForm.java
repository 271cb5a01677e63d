package dev.sluice.fetcher.peers;

import dev.sluice.fetcher.Journey;
import dev.sluice.fetcher.Journey.Stage;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Span;
import dev.sluice.fetcher.peers.PeerAnswer.Checked;
import dev.sluice.fetcher.peers.PeerAnswer.Done;
import dev.sluice.fetcher.peers.PeerAnswer.Hold;
import dev.sluice.fetcher.peers.PeerAnswer.Image;
import dev.sluice.fetcher.peers.PeerAnswer.Issued;
import dev.sluice.fetcher.peers.PeerAnswer.Located;
import dev.sluice.fetcher.peers.PeerAnswer.No;
import dev.sluice.fetcher.peers.PeerAnswer.Nowhere;
import dev.sluice.fetcher.peers.PeerAnswer.Unable;
import dev.sluice.fetcher.peers.PeerAnswer.Unchecked;
import dev.sluice.fetcher.peers.PeerAnswer.Warming;
import dev.sluice.fetcher.upstream.Token;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Answers as JSON, {@code {"v":1,"is":"located",...}}. */
public final class AnswerForm {

  private AnswerForm() {}

  /** The text of an answer that was at hand. */
  public static Buffer write(PeerAnswer answer) {
    return write(answer, new Journey(Span.NONE));
  }

  /**
   * The text of an answer.
   *
   * @param journey of the question on this node; whoever asked is told what was waited for
   */
  public static Buffer write(PeerAnswer answer, Journey journey) {
    JsonObject json = new JsonObject().put("v", 1);
    for (Stage stage : Stage.values()) {
      if (journey.spent(stage) > 0) {
        json.put(stage + "Nanos", journey.spent(stage));
      }
    }
    switch (answer) {
      case Located(var size, var hold) -> {
        json.put("is", "located").put("hold", hold.name());
        size.ifPresent(bytes -> json.put("size", bytes));
      }
      case Nowhere() -> json.put("is", "nowhere");
      case Image(var found) -> json.put("is", "image").put("found", Fields.found(found));
      case Checked(var moved, var from, var found) -> {
        json.put("is", "checked").put("moved", moved).put("found", Fields.found(found));
        from.ifPresent(digest -> json.put("from", digest.toString()));
      }
      case Unchecked(var last, var why) -> {
        json.put("is", "unchecked").put("why", Fields.refused(why));
        last.ifPresent(found -> json.put("last", Fields.found(found)));
      }
      case No(var refused) -> json.put("is", "no").put("why", Fields.refused(refused));
      case Issued(var token) ->
          json.put("is", "issued")
              .put("header", token.header())
              .put("expires", token.expires().toString());
      case Warming(var warmUps) ->
          json.put("is", "warming").put("warmUps", WarmUpForm.write(warmUps));
      case Done() -> json.put("is", "done");
      case Unable(var why) -> json.put("is", "unable").put("why", why);
    }
    return json.toBuffer();
  }

  /** The answer of a text; one that cannot be read is of no use, and another node may be asked. */
  public static PeerAnswer read(Buffer text) {
    return read(text, new Journey(Span.NONE));
  }

  /**
   * The same.
   *
   * @param journey of the question; what was waited for there counts as waited for here
   */
  static PeerAnswer read(Buffer text, Journey journey) {
    try {
      JsonObject json = new JsonObject(text);
      for (Stage stage : Stage.values()) {
        Fields.optionalNumber(json, stage + "Nanos")
            .ifPresent(nanos -> journey.spent(stage, nanos));
      }
      return read(json);
    } catch (DecodeException | IllegalArgumentException | DateTimeException unreadable) {
      return new Unable("its answer cannot be read");
    }
  }

  private static PeerAnswer read(JsonObject json) {
    return switch (Fields.text(json, "is")) {
      case "located" ->
          new Located(Fields.optionalNumber(json, "size"), Hold.valueOf(Fields.text(json, "hold")));
      case "nowhere" -> new Nowhere();
      case "image" -> new Image(Fields.found(Fields.object(json, "found")));
      case "checked" ->
          new Checked(
              Boolean.TRUE.equals(json.getValue("moved")),
              Fields.optionalDigest(json, "from"),
              Fields.found(Fields.object(json, "found")));
      case "unchecked" -> new Unchecked(last(json), Fields.refused(Fields.object(json, "why")));
      case "no" -> new No(Fields.refused(Fields.object(json, "why")));
      case "issued" ->
          new Issued(
              new Token(Fields.text(json, "header"), Instant.parse(Fields.text(json, "expires"))));
      case "warming" -> new Warming(WarmUpForm.read(Fields.array(json, "warmUps")));
      case "done" -> new Done();
      case "unable" -> new Unable(Fields.text(json, "why"));
      default -> new Unable("its answer is not known here");
    };
  }

  private static Optional<Found> last(JsonObject json) {
    return json.containsKey("last")
        ? Optional.of(Fields.found(Fields.object(json, "last")))
        : Optional.empty();
  }
}
