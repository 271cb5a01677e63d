package dev.sluice.deploy.accept;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One GET on a plain socket, whose answer is read only as fast as its owner asks. */
final class RawDownload implements AutoCloseable {
  /** Small, so that a client that does not read really holds the node's writes back. */
  private static final int RECEIVE_BUFFER = 64 * 1024;

  /** Docker waits without end; a node may be frozen for a minute and a half. */
  private static final int LONGEST_SILENCE_MILLIS = 150_000;

  private final Socket socket;
  private final InputStream in;

  private RawDownload(Socket socket) throws IOException {
    this.socket = socket;
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Connects and sends the request; reads nothing yet. */
  static RawDownload request(int port, String path) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.setSoTimeout(LONGEST_SILENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String request =
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: %s\r\nConnection: close\r\n\r\n"
            .formatted(path, port, MediaTypes.ACCEPTED);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return new RawDownload(socket);
  }

  /** Waits until the answer has begun; reads nothing yet. */
  void awaitAnswer() throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      throw new EOFException("the connection ended without an answer");
    }
    in.reset();
  }

  /** Start line and headers of the answer; an error when the connection ends instead. */
  HttpHead head() throws IOException {
    HttpHead head = HttpHead.read(in);
    if (head.startLine().isEmpty()) {
      throw new EOFException("the connection ended without an answer");
    }
    return head;
  }

  /** Reads some bytes of the body; -1 at its end. */
  int read(byte[] target) throws IOException {
    return in.read(target);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
