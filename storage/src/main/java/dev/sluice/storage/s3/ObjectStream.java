package dev.sluice.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** What a server sends of an object. Fails where it ends before its length, or breaks off. */
final class ObjectStream extends InputStream {

  private final ResponseInputStream<GetObjectResponse> body;
  private final Function<Throwable, IOException> meaning;
  private long left;

  /**
   * @param meaning of what the SDK throws
   */
  ObjectStream(
      ResponseInputStream<GetObjectResponse> body, Function<Throwable, IOException> meaning) {
    this.body = body;
    this.meaning = meaning;
    this.left = body.response().contentLength();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int count = readSome(into, from, length);
    if (count < 0 && left > 0) {
      throw meaning.apply(new IOException("it ended " + left + " bytes too soon"));
    }
    left -= Math.max(count, 0);
    return count;
  }

  private int readSome(byte[] into, int from, int length) throws IOException {
    try {
      return body.read(into, from, length);
    } catch (IOException | RuntimeException broken) {
      throw meaning.apply(broken);
    }
  }

  /** Ends the connection where the rest was not read: nobody wants it. */
  @Override
  public void close() {
    if (left > 0) {
      body.abort();
    }
  }
}
