package dev.sluice.fetcher.faults;

import dev.sluice.fetcher.upstream.Resolver;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A name server that says what the test wants: each name's addresses in turn, the last for ever.
 */
final class Names implements Resolver {

  private final Map<String, List<String>> addresses = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();

  /** From now on a name has this address, or these one after another. */
  void point(String name, String... inTurn) {
    addresses.put(name, List.of(inTurn));
  }

  /** How often any name was looked up, which comes before every connection. */
  int asked() {
    return asked.get();
  }

  @Override
  public Future<List<InetAddress>> resolve(String host) {
    asked.incrementAndGet();
    List<String> known = addresses.get(host);
    if (known == null) {
      return Resolver.SYSTEM.resolve(host);
    }
    if (known.size() > 1) {
      addresses.put(host, known.subList(1, known.size()));
    }
    return Future.succeededFuture(List.of(InetAddress.ofLiteral(known.getFirst())));
  }
}
