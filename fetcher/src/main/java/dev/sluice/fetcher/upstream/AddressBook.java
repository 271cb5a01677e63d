package dev.sluice.fetcher.upstream;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where the hosts are that one upstream leads us to. Looked up and checked anew for every request,
 * so that a name server which changes its mind gains nothing.
 */
final class AddressBook {

  /** Addresses of a host that are tried at most; each gets its share of the time. */
  private static final int MOST_ADDRESSES = 4;

  /** Hosts looked up at once, so that one upstream's redirects cannot use up the resolver. */
  private static final int MOST_LOOK_UPS = 4;

  private static final int MOST_HOSTS = 256;

  private final Resolver resolver;
  private final AddressGuard guard;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Future<List<InetAddress>>> underWay = new HashMap<>();
  private final Map<String, InetAddress> reached =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, InetAddress> eldest) {
          return size() > MOST_HOSTS;
        }
      };

  /**
   * @param patience for one look-up
   */
  AddressBook(Resolver resolver, AddressGuard guard, Duration patience) {
    this.resolver = resolver;
    this.guard = guard;
    this.patience = patience;
  }

  /**
   * The addresses to try, in turn, one at least; fails with {@link NotSent} where none is allowed.
   */
  Future<List<InetAddress>> find(Origin origin) {
    return lookUp(origin.host())
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .compose(all -> allowed(origin, all))
        .map(allowed -> inTurn(origin.host(), allowed));
  }

  private Future<List<InetAddress>> lookUp(String host) {
    Future<List<InetAddress>> found = locked(() -> begun(host));
    return found.onComplete(end -> locked(() -> underWay.remove(host, found)));
  }

  private Future<List<InetAddress>> begun(String host) {
    return underWay.containsKey(host) || underWay.size() < MOST_LOOK_UPS
        ? underWay.computeIfAbsent(host, resolver::resolve)
        : Future.failedFuture("it leads to too many hosts at once");
  }

  private Future<List<InetAddress>> allowed(Origin origin, List<InetAddress> all) {
    Optional<String> objection = Optional.empty();
    List<InetAddress> allowed = new ArrayList<>();
    for (InetAddress address : all) {
      Optional<String> against = guard.objection(address, origin.port());
      if (against.isEmpty()) {
        allowed.add(address);
      } else if (objection.isEmpty()) {
        objection = against.map(why -> named(address, origin.host()) + ' ' + why);
      }
    }
    return allowed.isEmpty()
        ? Future.failedFuture(new NotSent(objection.orElse("the host has no address")))
        : Future.succeededFuture(allowed);
  }

  private static String named(InetAddress address, String host) {
    String text = address.getHostAddress();
    return "the address " + (text.equals(host) ? text : text + " of " + host);
  }

  /**
   * The one that was reached last, then the families by turns (RFC 8305), as they were answered.
   */
  private List<InetAddress> inTurn(String host, List<InetAddress> addresses) {
    Class<?> family = addresses.getFirst().getClass();
    List<InetAddress> one = addresses.stream().filter(family::isInstance).toList();
    List<InetAddress> other = addresses.stream().filter(a -> !family.isInstance(a)).toList();
    List<InetAddress> turns = new ArrayList<>();
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      one.stream().skip(i).findFirst().ifPresent(turns::add);
      other.stream().skip(i).findFirst().ifPresent(turns::add);
    }
    Stream<InetAddress> known = turns.stream().filter(address -> wasReached(host, address));
    return Stream.concat(known, turns.stream()).distinct().limit(MOST_ADDRESSES).toList();
  }

  /** Whether this address of a host was the last to be reached, and not lost since. */
  boolean wasReached(String host, InetAddress address) {
    return locked(() -> address.equals(reached.get(host)));
  }

  /** Notes that an address of a host could be reached. */
  void noteReached(String host, InetAddress address) {
    locked(() -> reached.put(host, address));
  }

  /** Notes that it could not. */
  void noteLost(String host, InetAddress address) {
    locked(() -> reached.remove(host, address));
  }

  /** Deciders and event loops come here; each for a few instructions. */
  private <T> T locked(Supplier<T> body) {
    lock.lock();
    try {
      return body.get();
    } finally {
      lock.unlock();
    }
  }
}
