package dev.sluice.fetcher.peers;

import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.WarmUp.Arrivals;
import dev.sluice.fetcher.WarmUp.Failure;
import dev.sluice.fetcher.WarmUp.Images;
import dev.sluice.fetcher.WarmUp.State;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Warm-ups as JSON. */
final class WarmUpForm {

  private WarmUpForm() {}

  static JsonArray write(List<WarmUp> warmUps) {
    JsonArray list = new JsonArray();
    warmUps.forEach(warmUp -> list.add(write(warmUp)));
    return list;
  }

  private static JsonObject write(WarmUp warmUp) {
    JsonArray failures = new JsonArray();
    warmUp
        .failures()
        .forEach(
            one -> failures.add(new JsonObject().put("image", one.image()).put("why", one.why())));
    JsonObject json =
        new JsonObject()
            .put("id", warmUp.id())
            .put("state", warmUp.state().name())
            .put("wanted", warmUp.images().wanted())
            .put("done", warmUp.images().done())
            .put("failed", warmUp.images().failed())
            .put("listed", warmUp.isListed())
            .put("blobs", warmUp.arrived().blobs())
            .put("bytes", warmUp.arrived().bytes())
            .put("failures", failures)
            .put("startedAt", warmUp.startedAt().toString());
    warmUp.waitsFor().ifPresent(why -> json.put("waitsFor", why));
    warmUp.endedAt().ifPresent(at -> json.put("endedAt", at.toString()));
    return json;
  }

  static List<WarmUp> read(JsonArray list) {
    return objects(list).stream().map(WarmUpForm::read).toList();
  }

  private static WarmUp read(JsonObject json) {
    return new WarmUp(
        Fields.text(json, "id"),
        State.valueOf(Fields.text(json, "state")),
        new Images(count(json, "wanted"), count(json, "done"), count(json, "failed")),
        Boolean.TRUE.equals(json.getValue("listed")),
        new Arrivals(count(json, "blobs"), Fields.number(json, "bytes")),
        objects(Fields.array(json, "failures")).stream()
            .map(one -> new Failure(Fields.text(one, "image"), Fields.text(one, "why")))
            .toList(),
        optional(json, "waitsFor"),
        Instant.parse(Fields.text(json, "startedAt")),
        optional(json, "endedAt").map(Instant::parse));
  }

  private static List<JsonObject> objects(JsonArray list) {
    return list.stream()
        .map(
            one -> {
              if (one instanceof JsonObject object) {
                return object;
              }
              throw new IllegalArgumentException("no object");
            })
        .toList();
  }

  private static int count(JsonObject json, String name) {
    return (int) Fields.number(json, name);
  }

  private static Optional<String> optional(JsonObject json, String name) {
    return json.containsKey(name) ? Optional.of(Fields.text(json, name)) : Optional.empty();
  }
}
