package dev.sluice.fetcher.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port that swallows connections without a word, as a firewall does that drops packets: nobody
 * accepts, and Linux drops what comes when the line is full.
 */
final class BlackHole implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 100;
  private static final int MOST = 64;

  private final ServerSocket listener;
  private final List<Socket> line = new ArrayList<>();

  BlackHole(String address, int port) {
    try {
      listener = new ServerSocket(port, 1, InetAddress.ofLiteral(address));
      while (isOpen()) {
        if (line.size() == MOST) {
          throw new AssertionError("connections are still taken");
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Whether another connection was taken. */
  private boolean isOpen() throws IOException {
    Socket next = new Socket();
    try {
      next.connect(
          new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()),
          PATIENCE_MILLIS);
      line.add(next);
      return true;
    } catch (SocketTimeoutException full) {
      next.close();
      return false;
    }
  }

  @Override
  public void close() {
    try {
      for (Socket socket : line) {
        socket.close();
      }
      listener.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
