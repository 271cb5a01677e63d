package dev.sluice.deploy;

import dev.sluice.deploy.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Every event loop listens on the same port, so the system's choice of one is made once, before.
 */
final class ListenPort {

  private ListenPort() {}

  /** An address with a port of its own, in place of port 0. */
  static HostPort chosen(HostPort listen) throws StartFailure {
    if (listen.port() != 0) {
      return listen;
    }
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(listen.host()))) {
      return new HostPort(listen.host(), probe.getLocalPort());
    } catch (IOException none) {
      throw new StartFailure("cannot find a free port on " + listen.host(), none);
    }
  }
}
