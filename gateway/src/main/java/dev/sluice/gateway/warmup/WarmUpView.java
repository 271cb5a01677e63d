package dev.sluice.gateway.warmup;

import dev.sluice.fetcher.WarmUp;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** A warm-up as JSON. */
final class WarmUpView {

  private WarmUpView() {}

  /** Without its failures one by one, which may be many. */
  static JsonObject brief(WarmUp warmUp) {
    WarmUp.Images images = warmUp.images();
    JsonObject json =
        new JsonObject()
            .put("id", warmUp.id())
            .put("state", warmUp.state().name().toLowerCase(Locale.ROOT))
            .put(
                "images",
                new JsonObject()
                    .put("wanted", images.wanted())
                    .put("done", images.done())
                    .put("failed", images.failed())
                    .put("waiting", images.waiting()))
            .put("listed", warmUp.isListed())
            .put("blobs", warmUp.arrived().blobs())
            .put("bytes", warmUp.arrived().bytes())
            .put("startedAt", time(warmUp.startedAt()));
    warmUp.endedAt().ifPresent(at -> json.put("endedAt", time(at)));
    warmUp.waitsFor().ifPresent(why -> json.put("waitsFor", why));
    return json;
  }

  static JsonObject whole(WarmUp warmUp) {
    JsonArray failures = new JsonArray();
    warmUp
        .failures()
        .forEach(
            failure ->
                failures.add(
                    new JsonObject().put("image", failure.image()).put("why", failure.why())));
    return brief(warmUp).put("failures", failures);
  }

  static JsonObject all(List<WarmUp> warmUps) {
    JsonArray list = new JsonArray();
    warmUps.forEach(warmUp -> list.add(brief(warmUp)));
    return new JsonObject().put("warmUps", list);
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
