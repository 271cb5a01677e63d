package dev.sluice.fetcher.fake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Asks over a bare socket, to see exactly what comes and how it ends. */
final class RawClient {
  private static final int SILENCE_MILLIS = 1000;
  private static final int DEADLINE_MILLIS = 10_000;

  private RawClient() {}

  /** How a server stopped sending. */
  enum Ending {
    FIN,
    RST,
    SILENCE
  }

  /** Everything that came, as Latin-1. */
  record Heard(String text, Ending ending) {

    String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }
  }

  /** Waits for the end of the connection. */
  static Heard get(String url) throws IOException {
    return get(url, DEADLINE_MILLIS);
  }

  /** Takes a second without a byte for silence. */
  static Heard getUntilSilence(String url) throws IOException {
    return get(url, SILENCE_MILLIS);
  }

  private static Heard get(String url, int patience) throws IOException {
    URI uri = URI.create(url);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(patience);
      String request = "GET " + uri.getRawPath() + " HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return listen(socket);
    }
  }

  private static Heard listen(Socket socket) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    Ending ending = Ending.FIN;
    try {
      byte[] piece = new byte[1 << 16];
      for (int n = socket.getInputStream().read(piece);
          n >= 0;
          n = socket.getInputStream().read(piece)) {
        heard.write(piece, 0, n);
      }
    } catch (SocketTimeoutException silence) {
      ending = Ending.SILENCE;
    } catch (SocketException reset) {
      ending = Ending.RST;
    }
    return new Heard(heard.toString(StandardCharsets.ISO_8859_1), ending);
  }
}
