package dev.sluice.fetcher.peers;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Values of messages as JSON. Whatever is missing or of another kind is an {@link
 * IllegalArgumentException}; what is not known here is passed over, so that nodes of two versions
 * understand each other.
 */
final class Fields {

  private Fields() {}

  static String text(JsonObject json, String name) {
    if (json.getValue(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("no text " + name);
  }

  static Digest digest(JsonObject json, String name) {
    return Digest.parse(text(json, name)).orElseThrow(IllegalArgumentException::new);
  }

  static Optional<Digest> optionalDigest(JsonObject json, String name) {
    return json.containsKey(name) ? Optional.of(digest(json, name)) : Optional.empty();
  }

  static OptionalLong optionalNumber(JsonObject json, String name) {
    return json.getValue(name) instanceof Number number
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  static long number(JsonObject json, String name) {
    return optionalNumber(json, name).orElseThrow(IllegalArgumentException::new);
  }

  static JsonArray array(JsonObject json, String name) {
    if (json.getValue(name) instanceof JsonArray array) {
      return array;
    }
    throw new IllegalArgumentException("no list " + name);
  }

  static JsonObject object(JsonObject json, String name) {
    if (json.getValue(name) instanceof JsonObject object) {
      return object;
    }
    throw new IllegalArgumentException("no object " + name);
  }

  static JsonObject found(Found found) {
    JsonObject json =
        new JsonObject()
            .put("digest", found.manifest().digest().toString())
            .put("mediaType", found.manifest().mediaType())
            .put("size", found.manifest().size())
            .put("provenance", found.provenance().name())
            .put("usableUntil", found.usableUntil().toString());
    found.checkedAt().ifPresent(at -> json.put("checkedAt", at.toString()));
    found.staleReason().ifPresent(why -> json.put("staleReason", why));
    return json;
  }

  static Found found(JsonObject json) {
    return new Found(
        new Descriptor(digest(json, "digest"), text(json, "mediaType"), number(json, "size")),
        Provenance.valueOf(text(json, "provenance")),
        json.containsKey("checkedAt")
            ? Optional.of(Instant.parse(text(json, "checkedAt")))
            : Optional.empty(),
        Instant.parse(text(json, "usableUntil")),
        json.containsKey("staleReason")
            ? Optional.of(text(json, "staleReason"))
            : Optional.empty());
  }

  static JsonObject refused(Refused refused) {
    return new JsonObject()
        .put("reason", refused.reason().name())
        .put("message", refused.message())
        .put("retryAfterMillis", refused.retryAfter().toMillis());
  }

  static Refused refused(JsonObject json) {
    return new Refused(
        Refused.Reason.valueOf(text(json, "reason")),
        text(json, "message"),
        Duration.ofMillis(optionalNumber(json, "retryAfterMillis").orElse(0)));
  }
}
