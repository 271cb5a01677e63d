package dev.sluice.deploy.accept;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * What came back for bytes that were sent as they are.
 *
 * @param head of the first answer; its start line is empty where none came
 * @param text all that came behind it, a character for each byte
 * @param isClosed whether the node has ended the connection
 */
record RawAnswer(HttpHead head, String text, boolean isClosed, double millis) {
  /** A connection that the node keeps open is looked at for so long. */
  private static final int PATIENCE_MILLIS = 1_500;

  static RawAnswer to(int port, String raw) throws IOException {
    long began = System.nanoTime();
    ByteArrayOutputStream came = new ByteArrayOutputStream();
    boolean isClosed;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      send(socket.getOutputStream(), raw.getBytes(StandardCharsets.ISO_8859_1));
      isClosed = readAll(socket.getInputStream(), came);
    }
    double millis = (System.nanoTime() - began) / 1e6;
    InputStream in = new ByteArrayInputStream(came.toByteArray());
    HttpHead head = HttpHead.read(in);
    return new RawAnswer(
        head, new String(in.readAllBytes(), StandardCharsets.ISO_8859_1), isClosed, millis);
  }

  /** A node that refuses what has come so far need not read the rest. */
  private static void send(OutputStream out, byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException hungUp) {
      // What was answered before is read all the same.
    }
  }

  private static boolean readAll(InputStream in, OutputStream came) throws IOException {
    try {
      in.transferTo(came);
      return true;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  /** 0 where there was no answer. */
  int status() {
    return head.startLine().startsWith("HTTP/") ? head.status() : 0;
  }

  /** The value of a header in lower case; null where it is not there. */
  String header(String name) {
    return head.headers().get(name);
  }

  byte[] body() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
