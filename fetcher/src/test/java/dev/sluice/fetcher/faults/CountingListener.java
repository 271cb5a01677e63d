package dev.sluice.fetcher.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A port in the house that nobody may knock at; whoever did is in its line. */
final class CountingListener implements AutoCloseable {

  private final ServerSocketChannel listener;

  CountingListener(String address, int port) {
    try {
      listener = ServerSocketChannel.open();
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
      listener.configureBlocking(false);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  /** How many connections have come in since the last call. */
  int connections() {
    try {
      int count = 0;
      for (SocketChannel next = listener.accept(); next != null; next = listener.accept()) {
        next.close();
        count++;
      }
      return count;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
