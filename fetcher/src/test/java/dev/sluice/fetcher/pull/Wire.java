package dev.sluice.fetcher.pull;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** The way to a server on loopback, which may be cut, or go dead without anybody noticing. */
final class Wire {

  private static final String LOOPBACK = "127.0.0.1";

  private static final String HEAD = "HEAD ";

  private final NetServer server;
  private final NetClient client;
  private final IntSupplier port;
  private final Semaphore questions = new Semaphore(0);
  private volatile boolean dead;

  /**
   * @param port of the server; asked once somebody connects
   */
  Wire(Vertx vertx, IntSupplier port) {
    this.client = vertx.createNetClient();
    this.port = port;
    this.server = vertx.createNetServer().connectHandler(this::connect);
  }

  Future<?> open() {
    return server.listen(0, LOOPBACK);
  }

  /** Where it begins. */
  String address() {
    return LOOPBACK + ':' + server.actualPort();
  }

  /** From now on nothing passes in either direction, and no connection ends. */
  void die() {
    dead = true;
  }

  /** Waits until it was asked so many times how far a blob is. */
  void awaitQuestions(int count) {
    try {
      if (!questions.tryAcquire(count, 15, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody asks");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  /** Every connection ends, and no other can be made. */
  Future<Void> cut() {
    return server.close().compose(closed -> client.close());
  }

  private void connect(NetSocket near) {
    near.pause();
    client
        .connect(port.getAsInt(), LOOPBACK)
        .onSuccess(
            far -> {
              pass(near, far);
              pass(far, near);
              near.resume();
            })
        .onFailure(closed -> near.close());
  }

  private void pass(NetSocket from, NetSocket to) {
    from.exceptionHandler(reset -> to.close());
    from.closeHandler(closed -> to.close());
    from.handler(bytes -> pass(bytes, from, to));
  }

  private void pass(Buffer bytes, NetSocket from, NetSocket to) {
    if (dead) {
      return;
    }
    if (bytes.length() > HEAD.length() && bytes.getString(0, HEAD.length()).equals(HEAD)) {
      questions.release();
    }
    to.write(bytes);
    if (to.writeQueueFull()) {
      from.pause();
      to.drainHandler(drained -> from.resume());
    }
  }
}
