package dev.sluice.fetcher.faults;

import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.Listener;
import java.net.URI;

/** The names by which the servers of a scene are found. */
final class Hosts {

  static final String REGISTRY = "registry.test";
  static final String TOKENS = "tokens.test";

  /** Named in every certificate. */
  private static final String CERTIFIED = "localhost";

  private Hosts() {}

  /** A name server that finds all of them here. */
  static Names names() {
    Names names = new Names();
    for (String host : new String[] {REGISTRY, TOKENS, CERTIFIED}) {
      names.point(host, "127.0.0.1");
    }
    return names;
  }

  /** Where a registry is found. */
  static URI registry(FakeRegistry registry) {
    URI url = URI.create(registry.url());
    return at(url, url.getScheme().equals("https") ? CERTIFIED : REGISTRY);
  }

  /** Where its token service is found. */
  static String tokens(FakeRegistry registry) {
    return at(URI.create(registry.url(Listener.TOKENS)), TOKENS) + "/token";
  }

  private static URI at(URI url, String host) {
    return URI.create(url.getScheme() + "://" + host + ':' + url.getPort());
  }
}
