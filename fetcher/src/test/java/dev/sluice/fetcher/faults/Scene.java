package dev.sluice.fetcher.faults;

import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeOptions;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A fetcher, a registry that one fault strikes in one place, and clients who ask. */
final class Scene implements AutoCloseable {

  /** Of a layer, in bytes. */
  static final int SIZE = 100_000;

  /** The layer that faults of blobs strike; the one before it is cached in a warm cache. */
  static final int STRUCK = 1;

  /** The layer that nothing strikes. */
  static final int BYSTANDER = 2;

  final Pulls pulls;

  private final State state;
  private final Place place;
  private final Names names = Hosts.names();
  private final Bench bench;
  private final List<Runnable> open = new ArrayList<>();
  private final List<CountingListener> watched = new ArrayList<>();
  private final FakeImage image;
  private final FakeImage sibling;
  private FakeRegistry registry;
  private Digest tagged;

  Scene(State state, Place place, Path folder, BenchOptions options) {
    this.state = state;
    this.place = place;
    bench = new Bench(folder, options.resolver(names));
    pulls = new Pulls(this, bench);
    registry = bench.registry;
    image = push(registry);
    sibling = registry.image("app").layer(SIZE).push();
    tagged = image.digest();
    bench.use(ruleFor(registry));
    if (place == Place.TOKEN) {
      requireTokens();
    }
  }

  /** The same image in every registry. */
  static FakeImage push(FakeRegistry registry) {
    return registry
        .image("app", "latest")
        .layer(Content.seeded(71, SIZE))
        .layer(Content.seeded(72, SIZE))
        .layer(Content.seeded(73, SIZE))
        .push();
  }

  private Rule ruleFor(FakeRegistry other) {
    Rule plain = bench.rule("up", Bench.POLICIES);
    return new Rule(
        plain.prefix(),
        plain.upstream(),
        plain.upstreamPrefix(),
        Optional.of(Hosts.registry(other)),
        plain.credentials(),
        plain.tokenRealms(),
        plain.policies());
  }

  State state() {
    return state;
  }

  Place place() {
    return place;
  }

  Names names() {
    return names;
  }

  Bench bench() {
    return bench;
  }

  FakeRegistry registry() {
    return registry;
  }

  FakeImage image() {
    return image;
  }

  /** A manifest that nobody has asked for. */
  Digest sibling() {
    return sibling.digest();
  }

  /** Of the requests that the fault strikes. */
  String path() {
    return place == Place.BLOB ? "^" + image.layerPath(STRUCK) + "$" : place.path();
  }

  /** How often what is struck was fetched, since the fault began. */
  int gets() {
    return registry.count("GET", path());
  }

  /** From now on upstream wants tokens. */
  void requireTokens() {
    registry.requireTokens().at(Hosts.tokens(registry));
  }

  /** From now on the rule leads to another registry. */
  void moveTo(FakeRegistry other) {
    registry.forgetRequests();
    registry = other;
    bench.use(ruleFor(other));
  }

  /** From now on upstream's tag points at these bytes. */
  Digest retag(String mediaType, String manifest) {
    tagged = registry.manifest("app", mediaType, Content.of(manifest)).digest();
    registry.tag("app", "latest", tagged);
    return tagged;
  }

  /** Where upstream's tag points. */
  Digest tagged() {
    return tagged;
  }

  /** Upstream is as it should be, and as it was at first. */
  void behave() {
    registry.behave();
    if (!bench.registry.equals(registry)) {
      moveTo(bench.registry);
    }
    if (!tagged.equals(image.digest())) {
      tagged = image.digest();
      registry.tag("app", "latest", tagged);
    }
  }

  void advance(Duration time) {
    bench.clock.advance(time);
  }

  /** Another registry with the same content, which speaks TLS with this key. */
  FakeRegistry twin(Keys key) {
    FakeRegistry other = FakeRegistry.start(bench.vertx, FakeOptions.plain().tls(key.key()));
    closeLater(other::close);
    push(other);
    return other;
  }

  /** Watches a port that nobody may connect to. */
  void watch(CountingListener listener) {
    watched.add(listener);
    closeLater(listener::close);
  }

  /** The ports that nobody may connect to. */
  List<CountingListener> watched() {
    return List.copyOf(watched);
  }

  /** Done when the scene is over. */
  void closeLater(Runnable something) {
    open.add(something);
  }

  @Override
  public void close() {
    open.forEach(Runnable::run);
    bench.close();
  }
}
