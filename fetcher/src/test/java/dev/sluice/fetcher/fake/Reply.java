package dev.sluice.fetcher.fake;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An answer before it is sent: what is said and how it travels. */
record Reply(int status, Headers headers, Content body, Travel travel) {

  /** How a receiver learns where the body ends. */
  enum Framing {
    LENGTH,
    CHUNKED,
    UNTIL_CLOSE,
    /** No head at all: the body is all that is sent. */
    BARE
  }

  /** So many bytes, then a pause. */
  record Pace(int bytes, long pauseMillis) {}

  /** How an answer travels; {@code before} the head and {@code after} the body go out verbatim. */
  record Travel(
      Framing framing, List<Stop> stops, Optional<Pace> pace, Content before, Content after) {
    static final Travel PLAIN =
        new Travel(Framing.LENGTH, List.of(), Optional.empty(), Content.EMPTY, Content.EMPTY);
  }

  static Reply of(int status, String mediaType, Content body) {
    return new Reply(status, Headers.NONE.plus("Content-Type", mediaType), body, Travel.PLAIN);
  }

  static Reply json(int status, Object json) {
    return of(status, "application/json", Content.of(json.toString()));
  }

  static Reply bodyless(int status) {
    return new Reply(status, Headers.NONE, Content.EMPTY, Travel.PLAIN);
  }

  /** An error as the distribution spec words it. */
  static Reply error(int status, String code) {
    JsonObject error = new JsonObject().put("code", code).put("message", "the fake says " + code);
    return json(status, new JsonObject().put("errors", new JsonArray().add(error)));
  }

  /** Whether this status may have a body (RFC 9110, 6.4.1). */
  boolean mayHaveBody() {
    return status >= 200 && status != 204 && status != 304;
  }

  /** The length that the head will state, where it is a number. */
  OptionalLong declaredLength() {
    Optional<String> said = headers.get("Content-Length");
    if (said.isPresent()) {
      return said.get().matches("\\d{1,18}")
          ? OptionalLong.of(Long.parseLong(said.get()))
          : OptionalLong.empty();
    }
    return travel.framing == Framing.LENGTH ? OptionalLong.of(body.size()) : OptionalLong.empty();
  }

  Reply header(String name, String value) {
    return new Reply(status, headers.with(name, value), body, travel);
  }

  Reply withHeaders(Headers other) {
    return new Reply(status, other, body, travel);
  }

  Reply withBody(Content other) {
    return new Reply(status, headers, other, travel);
  }

  Reply framed(Framing framing) {
    return travelling(new Travel(framing, travel.stops, travel.pace, travel.before, travel.after));
  }

  Reply stopping(Stop stop) {
    List<Stop> stops = new ArrayList<>(travel.stops);
    stops.add(stop);
    return travelling(new Travel(travel.framing, stops, travel.pace, travel.before, travel.after));
  }

  Reply paced(Pace pace) {
    return travelling(
        new Travel(travel.framing, travel.stops, Optional.of(pace), travel.before, travel.after));
  }

  Reply preceded(Content before) {
    return travelling(new Travel(travel.framing, travel.stops, travel.pace, before, travel.after));
  }

  Reply followed(Content after) {
    return travelling(new Travel(travel.framing, travel.stops, travel.pace, travel.before, after));
  }

  private Reply travelling(Travel other) {
    return new Reply(status, headers, body, other);
  }
}
