package dev.sluice.storage.peer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A bare connection to a server, for what no client of ours would send. */
final class Intruder implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;

  Intruder(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Sends these characters, byte for character. */
  Intruder say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  /** Everything that comes until the server hangs up, which it must. */
  String hear() throws IOException {
    StringBuilder heard = new StringBuilder();
    try {
      for (int next = socket.getInputStream().read(); next >= 0; ) {
        heard.append((char) next);
        next = socket.getInputStream().read();
      }
    } catch (SocketException reset) {
      // Hung up while something of ours was unread.
    }
    return heard.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
