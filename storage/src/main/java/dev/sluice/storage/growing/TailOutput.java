package dev.sluice.storage.growing;

import io.netty.channel.ChannelFuture;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.VertxConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** How parts of a file get into an answer that goes on behind them. */
interface TailOutput {

  /** In bytes; large enough to cost little per byte, small enough to let others in between. */
  long most();

  /** Writes a part; completes when it was taken by the socket. */
  Future<Void> send(FileChannel file, long position, long length);

  /** The one for an answer's protocol. */
  static TailOutput of(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2
        ? new Copied(request.response(), Vertx.currentContext())
        : new Regions((VertxConnection) (Object) request.connection());
  }

  /**
   * From the file to the socket without passing through this process. {@code
   * HttpServerResponse.sendFile} can be used once per answer, its connection's as often as the blob
   * grows; on HTTP/2 the connection is not the answer's alone.
   */
  record Regions(VertxConnection connection) implements TailOutput {

    @Override
    public long most() {
      return 1 << 20;
    }

    @Override
    public Future<Void> send(FileChannel file, long position, long length) {
      Promise<Void> sent = Promise.promise();
      ChannelFuture taken = connection.sendFile(file, position, length);
      taken.addListener(
          result -> {
            if (result.isSuccess()) {
              sent.complete();
            } else {
              sent.fail(result.cause());
            }
          });
      return sent.future();
    }
  }

  /** Read into memory, a part at a time, and written as fast as the stream's window lets it. */
  record Copied(HttpServerResponse response, Context context) implements TailOutput {

    @Override
    public long most() {
      return 256 << 10;
    }

    @Override
    public Future<Void> send(FileChannel file, long position, long length) {
      return context
          .executeBlocking(() -> read(file, position, (int) length), false)
          .compose(response::write);
    }

    private static Buffer read(FileChannel file, long position, int length) throws IOException {
      byte[] bytes = new byte[length];
      ByteBuffer target = ByteBuffer.wrap(bytes);
      while (target.hasRemaining()) {
        if (file.read(target, position + target.position()) < 0) {
          throw new EOFException("the file was cut");
        }
      }
      return Buffer.buffer(bytes);
    }
  }
}
