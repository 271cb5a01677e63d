package dev.sluice.deploy.accept;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A loopback port that nobody listens on, for programs that cannot say which port 0 gave them. */
final class FreePort {
  /** The system may offer a port again while the program it was meant for is not there yet. */
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  /** Another one each time. */
  static int next() throws IOException {
    int port = offered();
    while (!GIVEN.add(port)) {
      port = offered();
    }
    return port;
  }

  private static int offered() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
