package dev.sluice.fetcher.fake;

import io.netty.channel.ChannelOption;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * One client's connection, served request by request.
 *
 * <p>HTTP is spoken by hand because a proper server refuses to send what a broken one does.
 */
final class Connection {
  private final NetSocket socket;
  private final Context context;
  private final Function<String, Exchange> arrivals;
  private final Function<Request, Reply> backend;
  private Buffer received = Buffer.buffer();
  private Exchange current;
  private boolean closed;

  /**
   * @param arrivals records the request that a head asks for
   */
  Connection(
      NetSocket socket,
      Context context,
      Function<String, Exchange> arrivals,
      Function<Request, Reply> backend) {
    this.socket = socket;
    this.context = context;
    this.arrivals = arrivals;
    this.backend = backend;
    socket.closeHandler(_ -> ended());
    socket.exceptionHandler(_ -> socket.close());
    socket.handler(this::received);
  }

  private void received(Buffer data) {
    received.appendBuffer(data);
    serveNext();
  }

  private void serveNext() {
    String text = received.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (current != null || closed || end < 0) {
      return;
    }
    received = received.getBuffer(end + 4, received.length());
    try {
      current = arrivals.apply(text.substring(0, end));
    } catch (IllegalArgumentException notHttp) {
      socket.close();
      return;
    }
    new Delivery(this, current, answer(current.request())).start();
  }

  private Reply answer(Request request) {
    try {
      return backend.apply(request);
    } catch (RuntimeException bug) {
      return Reply.of(500, "text/plain", Content.of("bug in the fake or its script: " + bug));
    }
  }

  private void ended() {
    closed = true;
    if (current != null) {
      current.finish();
    }
  }

  Context context() {
    return context;
  }

  boolean isClosed() {
    return closed;
  }

  Future<Void> write(Buffer bytes) {
    return socket.write(bytes);
  }

  /** Makes room for the next request. */
  void answered(boolean close) {
    current = null;
    if (close) {
      socket.close();
    } else {
      serveNext();
    }
  }

  /** Ends the connection, by RST if so wanted. */
  void cut(boolean reset) {
    if (reset) {
      // Closing a socket that must not linger discards what is unsent and resets the connection.
      ((NetSocketInternal) socket)
          .channelHandlerContext()
          .channel()
          .config()
          .setOption(ChannelOption.SO_LINGER, 0);
    }
    socket.close();
  }
}
