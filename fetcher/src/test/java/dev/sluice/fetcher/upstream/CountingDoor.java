package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.pull.Answers.await;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import java.util.concurrent.atomic.AtomicInteger;

/** A door in the house through which nobody may come; it counts who does. */
final class CountingDoor implements AutoCloseable {

  private final AtomicInteger entered = new AtomicInteger();
  private final NetServer server;

  CountingDoor(Vertx vertx, String address, int port) {
    server =
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  entered.incrementAndGet();
                  socket.close();
                });
    await(server.listen(port, address));
  }

  int port() {
    return server.actualPort();
  }

  int entered() {
    return entered.get();
  }

  @Override
  public void close() {
    await(server.close());
  }
}
