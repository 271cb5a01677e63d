package dev.sluice.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * What a server sends of an object. Where it breaks off it goes on at the very byte: the SDK ends a
 * connection from which nobody reads for a while. Where nothing comes of that it fails, and never
 * ends before the object does.
 */
final class ObjectStream extends InputStream {

  private final Opener opener;
  private final Function<Throwable, IOException> meaning;
  private ResponseInputStream<GetObjectResponse> body;
  private long position;
  private long opened;
  private long left;
  private volatile boolean closed;

  /** Asks for an object from a byte on. */
  @FunctionalInterface
  interface Opener {
    ResponseInputStream<GetObjectResponse> from(long offset) throws IOException;
  }

  /**
   * Opened by this.
   *
   * @param meaning of what the SDK throws
   */
  ObjectStream(Opener opener, long offset, Function<Throwable, IOException> meaning)
      throws IOException {
    this.opener = opener;
    this.meaning = meaning;
    this.position = offset;
    reopen();
  }

  private void reopen() throws IOException {
    body = opener.from(position);
    opened = position;
    left = body.response().contentLength();
    if (closed) {
      body.abort();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    while (true) {
      try {
        return readSome(into, from, length);
      } catch (IOException | RuntimeException broken) {
        if (closed || position == opened) {
          throw meaning.apply(broken);
        }
        body.abort();
        reopen();
      }
    }
  }

  private int readSome(byte[] into, int from, int length) throws IOException {
    int count = body.read(into, from, length);
    if (count < 0 && left > 0) {
      throw new IOException("it ended " + left + " bytes too soon");
    }
    left -= Math.max(count, 0);
    position += Math.max(count, 0);
    return count;
  }

  /** Ends the connection where the rest was not read: nobody wants it. */
  @Override
  public void close() {
    closed = true;
    if (left > 0) {
      body.abort();
    }
  }
}
