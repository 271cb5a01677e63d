package dev.sluice.gateway.ecr;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;

/** Reads a body as one JSON object, which has one interpretation: no member stands there twice. */
sealed interface RequestJson {

  /** Ten times as deep as any operation's parameters. */
  int DEEPEST = 32;

  JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(RequestBody.LARGEST)
                  .build())
          .build();

  /** It is one. */
  record Read(JsonObject json) implements RequestJson {}

  /** It is none. */
  record Unreadable(Failed failed) implements RequestJson {}

  static RequestJson read(byte[] body) {
    try {
      Object value = JacksonCodec.fromParser(FACTORY.createParser(body), Object.class);
      return value instanceof JsonObject json
          ? new Read(json)
          : new Unreadable(Failed.unreadable("The request's body must be a JSON object."));
    } catch (IOException | DecodeException malformed) {
      return new Unreadable(
          Failed.unreadable(
              "The request's body must be well-formed JSON, at most "
                  + DEEPEST
                  + " levels deep, in which no member stands twice."));
    }
  }
}
