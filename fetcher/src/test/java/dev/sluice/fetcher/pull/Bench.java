package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;

import dev.sluice.fetcher.Tracing;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import dev.sluice.metadata.TagEntry;
import dev.sluice.metadata.embedded.EmbeddedMetadata;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.disk.SpaceLimit;
import dev.sluice.storage.growing.LocalBlobs;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A real fetcher over real stores, with a fake registry as the upstream of the rule {@code up}, and
 * a clock that the test moves.
 */
public final class Bench implements Downloads, AutoCloseable {

  /** 24 h fresh, 5 s budget, serve what was deleted, complete no index. */
  public static final Policies POLICIES =
      new Policies(
          new CheckIntervals(Duration.ofHours(24)),
          Duration.ofSeconds(5),
          Policies.OnDeleted.SERVE,
          new Platforms.Requested());

  public final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  public final SettableClock clock = new SettableClock();
  public final FakeRegistry registry;
  public final StoreFolder store;
  public final BrittleRepositories repositories;
  public final SealableTagIndex tags;
  public final BrittleCatalog catalog;
  public final DiskBlobStore disk;
  public final LocalBlobs blobs;
  public final Names names;
  public final Upstreams.Setup outside;
  public final FetchVerticle fetcher;

  public final NamesChanged changes = new NamesChanged();
  public final FillCount fills = new FillCount();

  private final EmbeddedMetadata metadata;
  private final BlobFront front;
  private final BlobClient client = new BlobClient();
  private volatile RuleTable rules = new RuleTable(List.of());
  private volatile boolean namesAreWhole = true;

  /** With a plain registry, and a fetcher in its usual mood. */
  public Bench(Path folder) {
    this(folder, BenchOptions.plain());
  }

  /** As the options say; everything is kept in this folder. */
  public Bench(Path folder, BenchOptions options) {
    registry = FakeRegistry.start(vertx, options.registry());
    store = new StoreFolder(folder.resolve("store"));
    try {
      metadata = EmbeddedMetadata.open(folder.resolve("metadata"), clock, kind -> {});
      repositories = new BrittleRepositories(metadata.repositories());
      tags = new SealableTagIndex(metadata.tags());
      catalog = new BrittleCatalog(metadata.catalog());
      disk = DiskBlobStore.open(folder.resolve("store"), SpaceLimit.usual(), clock);
      blobs = new LocalBlobs(disk);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    names = new Names(repositories, metadata.templates(), tags, catalog);
    outside = options.outside(metadata.rateLimits());
    fetcher =
        new FetchVerticle(
            new FetchParts(
                clock,
                () -> rules,
                names,
                blobs,
                outside,
                changes,
                fills,
                Peers.NONE,
                options.archive(),
                Tracing.OFF,
                housekeeping()));
    front = new BlobFront(vertx, fetcher, blobs);
    var onVirtualThread = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
    await(vertx.deployVerticle(fetcher, onVirtualThread));
    await(front.listen());
    use(rule("up", POLICIES));
  }

  /** The repository of this name, if it was made. */
  public Optional<Repository> repository(String name) {
    return await(names.repositories().find(new RepositoryName(name)));
  }

  /** Changes a repository, and says what it is now. */
  public Repository set(String repository, UnaryOperator<Repository> change) {
    return await(names.repositories().amend(new RepositoryName(repository), change)).orElseThrow();
  }

  @Override
  public FetchVerticle fetcher() {
    return fetcher;
  }

  @Override
  public BlobFront front() {
    return front;
  }

  @Override
  public BlobClient client() {
    return client;
  }

  private Housekeeping housekeeping() {
    return new Housekeeping(
        List.of(new Housekeeping.Place(disk, false)), Duration.ofHours(1), () -> namesAreWhole);
  }

  /** Whether the fetcher is told that all names are known. */
  void namesAreWhole(boolean whole) {
    namesAreWhole = whole;
  }

  /** A rule for the registry. */
  public Rule rule(String prefix, Policies policies) {
    return rule(prefix, policies, List.of());
  }

  /** A rule for the registry, with credentials of these names. */
  public Rule rule(String prefix, Policies policies, List<String> credentials) {
    return RegistryRule.of(registry, prefix, policies, credentials);
  }

  /** The rules in force from now on. */
  public void use(Rule... inForce) {
    rules = new RuleTable(List.of(inForce));
  }

  /** Points a further tag to what another points to, as if it had been pulled and checked now. */
  public void alsoKnow(String repository, Tag known, Tag further) {
    RepositoryName name = new RepositoryName(repository);
    TagEntry entry = await(metadata.tags().find(name, known)).orElseThrow();
    await(metadata.tags().point(name, further, entry));
  }

  /** Waits until so many fills have ended since the beginning, well or not. */
  public void awaitFills(int count) {
    fills.await(count);
  }

  /** How many requests to upstreams have come to their end, as the fetcher sees it. */
  public int heard() {
    return fills.heard();
  }

  /** Waits until so many have, since the beginning, and the fetcher has drawn its conclusions. */
  public void awaitHeard(int count) {
    fills.awaitHeard(count);
    settle();
  }

  /** Waits until all fills have ended. */
  public void drain() {
    await(fetcher.drained());
  }

  @Override
  public void close() {
    client.close();
    registry.close();
    await(vertx.close());
    blobs.close();
    metadata.close();
  }
}
