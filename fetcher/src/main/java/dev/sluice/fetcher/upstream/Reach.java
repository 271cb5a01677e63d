package dev.sluice.fetcher.upstream;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether this node would ever connect to a place, asked before a rule for it is taken. */
final class Reach {

  private static final Duration PATIENCE = Duration.ofMillis(1500);

  private Reach() {}

  /** What speaks against a place, for ever as things are set up; empty where nothing does. */
  static Future<Optional<String>> objection(URI place, Upstreams.Setup setup) {
    Optional<Origin> origin = Origin.of(place);
    if (origin.isEmpty()) {
      return objects(place + " is no address of a registry");
    }
    return new AddressBook(setup.resolver(), setup.guard(), PATIENCE)
        .find(origin.get())
        .map(addresses -> inClear(origin.get(), addresses))
        .otherwise(Reach::refused);
  }

  /** Who listens in on another machine's network may send what they like. */
  private static Optional<String> inClear(Origin origin, List<InetAddress> addresses) {
    return origin.tls() || addresses.stream().allMatch(InetAddress::isLoopbackAddress)
        ? Optional.empty()
        : Optional.of(origin + " is plain http to another machine; use https");
  }

  /** A name that is not known just now, or answered too late, may be known later. */
  private static Optional<String> refused(Throwable failure) {
    return failure instanceof NotSent ? Optional.of(failure.getMessage()) : Optional.empty();
  }

  private static Future<Optional<String>> objects(String why) {
    return Future.succeededFuture(Optional.of(why));
  }
}
