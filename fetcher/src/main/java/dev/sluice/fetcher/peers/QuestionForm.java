package dev.sluice.fetcher.peers;

import dev.sluice.fetcher.peers.PeerQuestion.Blob;
import dev.sluice.fetcher.peers.PeerQuestion.Has;
import dev.sluice.fetcher.peers.PeerQuestion.Manifest;
import dev.sluice.fetcher.peers.PeerQuestion.OfToken;
import dev.sluice.fetcher.peers.PeerQuestion.OfWarmUp;
import dev.sluice.fetcher.peers.PeerQuestion.OfWarmUps;
import dev.sluice.fetcher.peers.PeerQuestion.Settled;
import dev.sluice.fetcher.peers.PeerQuestion.Subject;
import dev.sluice.fetcher.peers.PeerQuestion.Tagged;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Questions as JSON, {@code {"v":1,"ask":"blob",...}}. */
public final class QuestionForm {

  private QuestionForm() {}

  /** The text of a question that is asked for nobody's sake. */
  public static Buffer write(PeerQuestion question) {
    return write(question, Map.of());
  }

  /**
   * The text of a question.
   *
   * @param trace the headers of the trace that its answer is a part of, and what else goes along
   */
  static Buffer write(PeerQuestion question, Map<String, String> trace) {
    JsonObject json = new JsonObject().put("v", 1);
    if (!trace.isEmpty()) {
      json.put("trace", texts(trace));
    }
    switch (question) {
      case Blob(var subject, var digest, var headOnly) ->
          about(json.put("ask", "blob"), subject)
              .put("digest", digest.toString())
              .put("headOnly", headOnly);
      case Manifest(var subject, var digest) ->
          about(json.put("ask", "manifest"), subject).put("digest", digest.toString());
      case Tagged(var subject, var tag, var now) ->
          about(json.put("ask", "tag"), subject).put("tag", tag.value()).put("now", now);
      case Has(var digest) -> json.put("ask", "has").put("digest", digest.toString());
      case Settled(var digest) -> json.put("ask", "settled").put("digest", digest.toString());
      case OfWarmUps() -> json.put("ask", "warm-ups");
      case OfWarmUp(var id, var end) -> json.put("ask", "warm-up").put("id", id).put("end", end);
      case OfToken(var rule, var repository, var credential, var challenge) -> {
        json.put("ask", "token").put("rule", rule).put("repository", repository);
        credential.ifPresent(name -> json.put("credential", name));
        json.put("challenge", texts(challenge));
      }
    }
    return json.toBuffer();
  }

  /** The question of a text; empty where a node of another version asks what is not known here. */
  public static Optional<PeerQuestion> read(Buffer text) {
    try {
      JsonObject json = new JsonObject(text);
      return switch (Fields.text(json, "ask")) {
        case "blob" ->
            Optional.of(
                new Blob(
                    subject(json),
                    Fields.digest(json, "digest"),
                    Boolean.TRUE.equals(json.getValue("headOnly"))));
        case "manifest" -> Optional.of(new Manifest(subject(json), Fields.digest(json, "digest")));
        case "tag" ->
            Optional.of(
                new Tagged(
                    subject(json),
                    Reference.parseTag(Fields.text(json, "tag"))
                        .orElseThrow(IllegalArgumentException::new),
                    Boolean.TRUE.equals(json.getValue("now"))));
        case "has" -> Optional.of(new Has(Fields.digest(json, "digest")));
        case "token" -> Optional.of(ofToken(json));
        case "warm-ups" -> Optional.of(new OfWarmUps());
        case "warm-up" ->
            Optional.of(
                new OfWarmUp(Fields.text(json, "id"), Boolean.TRUE.equals(json.getValue("end"))));
        case "settled" -> Optional.of(new Settled(Fields.digest(json, "digest")));
        default -> Optional.empty();
      };
    } catch (DecodeException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** The headers of the trace that the answer to a text is a part of; empty where there is none. */
  public static Map<String, String> trace(Buffer text) {
    try {
      JsonObject json = new JsonObject(text);
      return json.containsKey("trace") ? texts(Fields.object(json, "trace")) : Map.of();
    } catch (DecodeException | IllegalArgumentException unreadable) {
      return Map.of();
    }
  }

  private static JsonObject texts(Map<String, String> texts) {
    JsonObject json = new JsonObject();
    texts.forEach(json::put);
    return json;
  }

  private static Map<String, String> texts(JsonObject json) {
    Map<String, String> texts = new HashMap<>();
    json.fieldNames().forEach(name -> texts.put(name, Fields.text(json, name)));
    return texts;
  }

  private static OfToken ofToken(JsonObject json) {
    return new OfToken(
        Fields.text(json, "rule"),
        Fields.text(json, "repository"),
        json.containsKey("credential")
            ? Optional.of(Fields.text(json, "credential"))
            : Optional.empty(),
        texts(Fields.object(json, "challenge")));
  }

  private static JsonObject about(JsonObject json, Subject subject) {
    return json.put("repository", subject.repository().value())
        .put("rule", subject.rule())
        .put("purpose", subject.purpose().toString());
  }

  private static Subject subject(JsonObject json) {
    return new Subject(
        RepositoryName.parse(Fields.text(json, "repository"))
            .orElseThrow(IllegalArgumentException::new),
        Fields.text(json, "rule"),
        Purpose.parse(Fields.text(json, "purpose")));
  }
}
