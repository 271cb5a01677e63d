package dev.sluice.deploy;

import dev.sluice.deploy.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Where a node listens in the end, where the configuration leaves the port to the system. */
final class ListenPort {

  private ListenPort() {}

  /** Every event loop listens on the same port, so the system's choice is made once, before. */
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
