package dev.sluice.metadata;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** What a store's future holds, within ten seconds. */
public final class Answers {

  private Answers() {}

  public static <T> T of(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
