package dev.sluice.deploy.accept;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A loopback port that nobody listens on, for programs that cannot say which port 0 gave them. */
final class FreePort {
  private FreePort() {}

  static int next() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
