package dev.sluice.fetcher.upstream;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/** Looks names up. */
public interface Resolver {

  /**
   * Every address of a host, in the name server's order, one at least; fails where there is none.
   */
  Future<List<InetAddress>> resolve(String host);

  /** The operating system's resolver. */
  Resolver SYSTEM = new SystemResolver(InetAddress::getAllByName);
}
