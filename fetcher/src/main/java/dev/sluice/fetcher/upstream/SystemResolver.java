package dev.sluice.fetcher.upstream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The operating system's resolver, which blocks the thread that asks it, for half a minute and
 * longer where a name server is silent. On threads of its own, not virtual ones: those would take
 * the few that carry all virtual threads along. One look-up of a host serves all who ask for it.
 */
final class SystemResolver implements Resolver {

  /** Look-ups under way at once; what comes then waits in line. */
  static final int MOST_THREADS = 16;

  /** Hosts in line at most. */
  static final int MOST_WAITING = 256;

  private final Lookup lookup;
  private final Map<String, Future<List<InetAddress>>> underWay = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          MOST_THREADS,
          MOST_THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("look-up-", 0).factory());

  /** Asks for the addresses of a host; blocks. */
  interface Lookup {
    InetAddress[] addresses(String host) throws UnknownHostException;
  }

  SystemResolver(Lookup lookup) {
    this.lookup = lookup;
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public Future<List<InetAddress>> resolve(String host) {
    Optional<InetAddress> literal = AddressRange.literal(host);
    if (literal.isPresent()) {
      return Future.succeededFuture(List.of(literal.get()));
    }
    Future<List<InetAddress>> found = underWay.computeIfAbsent(host, this::begin);
    return found == null ? Future.failedFuture("too many names are being looked up") : found;
  }

  /** Null, and so not under way, where there is no room. */
  private Future<List<InetAddress>> begin(String host) {
    Promise<List<InetAddress>> found = Promise.promise();
    try {
      threads.execute(() -> find(host, found));
    } catch (RejectedExecutionException tooMany) {
      return null;
    }
    return found.future();
  }

  private void find(String host, Promise<List<InetAddress>> found) {
    try {
      List<InetAddress> all = List.of(lookup.addresses(host));
      underWay.remove(host);
      found.complete(all);
    } catch (UnknownHostException unknown) {
      underWay.remove(host);
      found.fail("the host " + host + " is not known to the name server");
    } catch (RuntimeException refused) {
      underWay.remove(host);
      found.fail(refused);
    }
  }
}
