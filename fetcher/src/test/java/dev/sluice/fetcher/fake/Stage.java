package dev.sluice.fetcher.fake;

import io.vertx.core.Vertx;

/** A fake and a client to try it with. */
final class Stage implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final FakeRegistry registry;
  final Browser browser = new Browser();

  Stage() {
    this(FakeOptions.plain());
  }

  Stage(FakeOptions options) {
    registry = FakeRegistry.start(vertx, options);
  }

  @Override
  public void close() {
    browser.close();
    registry.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
