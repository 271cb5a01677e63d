package dev.sluice.fetcher.faults;

import static dev.sluice.fetcher.fake.AnswerFaults.redirectTo;
import static dev.sluice.fetcher.fake.FakeRegistry.CDN;
import static dev.sluice.fetcher.faults.Expected.REFUSED;
import static dev.sluice.fetcher.faults.Expected.SERVED;
import static dev.sluice.fetcher.faults.Place.BLOB;
import static dev.sluice.fetcher.faults.Place.MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.Listener;
import dev.sluice.fetcher.fake.Redirects;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.fetcher.upstream.AddressGuard;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Registries that send us elsewhere. */
final class RedirectRows {

  private static final String REBOUND = "cdn.test";

  /** Our own requests carry these and nothing else. */
  private static final Set<String> SENT =
      Set.of("accept", "accept-encoding", "host", "range", "if-range", "user-agent", "via");

  /** Addresses in the house, in every spelling that some client has fallen for. */
  private static final String[] PRIVATE = {
    "127.0.0.2",
    "0.0.0.0",
    "10.0.0.1",
    "169.254.169.254",
    "[::1]",
    "[::ffff:127.0.0.2]",
    "[64:ff9b::7f00:2]",
    "2130706434"
  };

  private static final String[] OTHER_SCHEMES = {
    "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/x"
  };

  private static final String[] MALFORMED = {
    "http://127.0.0.1/\u0001" + Proof.LIE,
    "http://127.0.0.1/a\r\nX-Injected: " + Proof.LIE,
    "http://127.0.0.1/" + "a".repeat(8192),
    "http:///x",
    "//",
    "\\\\127.0.0.1\\x"
  };

  private RedirectRows() {}

  static Stream<Row> rows() {
    return Stream.of(
        Row.of("redir-cross-host", BLOB, new CrossHost(), SERVED).and(RedirectRows::toldNobody),
        Row.of("redir-private-ip", BLOB, RedirectRows::intoTheHouse, REFUSED)
            .times(PRIVATE.length)
            .with(RedirectRows::guarded)
            .and(RedirectRows::nobodyKnocked),
        Row.of("redir-dns-rebind", BLOB, RedirectRows::toANameThatMoves, REFUSED)
            .times(2)
            .with(RedirectRows::guarded)
            .and(RedirectRows::nobodyKnocked),
        Row.of("redir-loop", BLOB, inCircles(), REFUSED)
            .and(s -> assertThat(s.registry().count("GET", CDN)).isLessThanOrEqualTo(5)),
        Row.of("redir-file-scheme", BLOB, to(OTHER_SCHEMES), REFUSED).times(OTHER_SCHEMES.length),
        Row.of("redir-downgrade", BLOB, new Downgrade(), REFUSED)
            .and(s -> assertThat(s.gets()).isPositive())
            .and(s -> assertThat(s.bench().registry.count("GET", CDN)).isZero()),
        Row.of("redir-crlf", BLOB, to(MALFORMED), REFUSED).times(MALFORMED.length),
        Row.of("redir-manifest", MANIFEST, RedirectRows::toTheDigest, SERVED));
  }

  private static BenchOptions guarded(BenchOptions options) {
    InetAddress here = InetAddress.ofLiteral("127.0.0.1");
    return options.guard(new AddressGuard(here::equals));
  }

  private static Mischief to(String... locations) {
    return Mischief.inTurn(Stream.of(locations).map(l -> redirectTo(307, l)).toArray(Fault[]::new));
  }

  private static Mischief inCircles() {
    return scene -> {
      Fault around = redirectTo(307, scene.registry().url(Listener.CDN) + "/cdn/0/x");
      scene.registry().onGet(scene.path()).always(around);
      scene.registry().onGet(CDN).always(around);
    };
  }

  private static void intoTheHouse(Scene scene) {
    int port = URI.create(scene.registry().url(Listener.CDN)).getPort();
    scene.watch(new CountingListener("127.0.0.2", port));
    scene.watch(new CountingListener("::1", port));
    to(Stream.of(PRIVATE).map(host -> "http://" + host + ':' + port + "/x").toArray(String[]::new))
        .strike(scene);
  }

  /** First to an address that is open, where nobody listens; then to one in the house. */
  private static void toANameThatMoves(Scene scene) {
    CountingListener house = new CountingListener("127.0.0.2", 0);
    scene.watch(house);
    scene.names().point(REBOUND, "127.0.0.1", "127.0.0.2");
    to("http://" + REBOUND + ':' + house.port() + "/x").strike(scene);
  }

  private static void nobodyKnocked(Scene scene) {
    assertThat(scene.watched()).allSatisfy(l -> assertThat(l.connections()).isZero());
    assertThat(scene.registry().count("GET", CDN)).isZero();
  }

  private static void toTheDigest(Scene scene) {
    String there = scene.registry().url() + scene.image().manifestPath();
    scene.registry().onAny("/manifests/latest$").always(redirectTo(307, there));
  }

  private static void toldNobody(Scene scene) {
    FakeRegistry registry = scene.registry();
    assertThat(registry.requests("GET", scene.path()))
        .allMatch(r -> r.headers().has("Authorization"));
    assertThat(registry.requests("GET", CDN)).isNotEmpty();
    for (var request : registry.requests("GET", CDN)) {
      Set<String> names = new TreeSet<>();
      request.headers().fields().forEach(field -> names.add(field.name().toLowerCase(Locale.ROOT)));
      assertThat(SENT).containsAll(names);
    }
  }

  /** Blobs are elsewhere, and the registry wants tokens. */
  private record CrossHost() implements Mischief {
    @Override
    public void strike(Scene scene) {
      scene.requireTokens();
      assertThat(scene.pulls.tags().isServed()).isTrue();
      scene.registry().redirectBlobs(Redirects.plain());
    }
  }

  /** From a registry that speaks TLS to one that does not. */
  private record Downgrade() implements Mischief {
    @Override
    public void strike(Scene scene) {
      String plain = scene.registry().url(Listener.CDN) + "/cdn/0/x";
      scene.moveTo(scene.twin(Keys.BELIEVED));
      scene.registry().onAny(scene.path()).always(redirectTo(307, plain));
    }
  }
}
