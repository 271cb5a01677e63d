package dev.sluice.fetcher.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks names up. */
public interface Resolver {

  /** An address of a host, which may be an address itself; fails where there is none. */
  Future<InetAddress> resolve(String host);

  /** The operating system's resolver; each look-up on a virtual thread of its own. */
  Resolver SYSTEM =
      host -> {
        Promise<InetAddress> found = Promise.promise();
        Thread.startVirtualThread(
            () -> {
              try {
                found.complete(InetAddress.getByName(host));
              } catch (UnknownHostException unknown) {
                found.fail("the host " + host + " is not known to the name server");
              }
            });
        return found.future();
      };
}
