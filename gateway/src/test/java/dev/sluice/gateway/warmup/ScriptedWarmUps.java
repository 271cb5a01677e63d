package dev.sluice.gateway.warmup;

import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.WarmUpAnswer;
import dev.sluice.fetcher.WarmUpRequest;
import dev.sluice.fetcher.WarmUps;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows one warm-up, and begins it as the test says. */
final class ScriptedWarmUps implements WarmUps {

  static final WarmUp RUNNING =
      new WarmUp(
          "w-1",
          WarmUp.State.RUNNING,
          new WarmUp.Images(5, 2, 1),
          true,
          new WarmUp.Arrivals(7, 1234),
          List.of(new WarmUp.Failure("up/x:1", "up has no x")),
          Optional.of("the last pulls are kept for people"),
          Instant.parse("2030-06-01T12:00:00Z"),
          Optional.empty());

  final List<WarmUpRequest> begun = new CopyOnWriteArrayList<>();
  final List<String> cancelled = new CopyOnWriteArrayList<>();
  volatile WarmUpAnswer answer = new WarmUpAnswer.Begun(RUNNING);

  @Override
  public Future<WarmUpAnswer> begin(WarmUpRequest request) {
    begun.add(request);
    return Future.succeededFuture(answer);
  }

  @Override
  public Future<List<WarmUp>> all() {
    return Future.succeededFuture(List.of(RUNNING));
  }

  @Override
  public Future<Optional<WarmUp>> find(String id) {
    return Future.succeededFuture(Optional.of(RUNNING).filter(one -> one.id().equals(id)));
  }

  @Override
  public Future<Optional<WarmUp>> cancel(String id) {
    cancelled.add(id);
    return find(id);
  }
}
