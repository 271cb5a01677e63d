package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.Refused;
import io.vertx.core.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits for answers, and takes them for what a test expects them to be. */
public final class Answers {

  private Answers() {}

  /** Waits for an answer for as long as no answer may take. */
  public static <T> T await(Future<T> future) {
    return await(future.toCompletionStage().toCompletableFuture());
  }

  /** Waits for an answer for as long as no answer may take. */
  public static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(15, TimeUnit.SECONDS).join();
  }

  /** An answer that is expected to be a find. */
  public static ManifestAnswer.Found found(ManifestAnswer answer) {
    return expect(ManifestAnswer.Found.class, answer);
  }

  /** An answer that is expected to be a refusal. */
  public static Refused refused(Object answer) {
    return expect(Refused.class, answer);
  }

  private static <T> T expect(Class<T> kind, Object given) {
    if (!kind.isInstance(given)) {
      throw new AssertionError("expected " + kind.getSimpleName() + ", got " + given);
    }
    return kind.cast(given);
  }
}
