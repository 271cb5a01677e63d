package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.CheckAnswer;
import dev.sluice.fetcher.CheckRequest;
import dev.sluice.fetcher.Deletions;
import dev.sluice.fetcher.FetchService;
import dev.sluice.fetcher.FillUnderWay;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestRequest;
import dev.sluice.fetcher.ReferrersAnswer;
import dev.sluice.fetcher.ReferrersRequest;
import dev.sluice.fetcher.TagsAnswer;
import dev.sluice.fetcher.TagsRequest;
import dev.sluice.fetcher.Validation;
import dev.sluice.fetcher.WarmUps;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Where this node decides. Deployed once, on a virtual thread; every request becomes a task of its
 * own, so that none waits for another.
 */
public final class FetchVerticle extends VerticleBase implements FetchService, Deletions {

  /** How often it is looked whether the fills move, and which rules there are. */
  private static final long LOOK_MILLIS = 5_000;

  private final FetchParts parts;
  private Tasks tasks;
  private volatile Workshop workshop;
  private Desk desk;
  private Removal removal;
  private final NodeWarmUps warmUps;
  private Chores chores;

  /** Ready once deployed. */
  public FetchVerticle(FetchParts parts) {
    this.parts = parts;
    this.warmUps = new NodeWarmUps(parts);
  }

  @Override
  public Future<?> start() {
    tasks = new Tasks();
    workshop = Workshop.open(vertx, tasks, parts, wanted -> desk.isWantedStill(wanted));
    desk = new Desk(parts.rules(), workshop);
    warmUps.open(vertx, tasks, workshop);
    removal = new Removal(parts.names(), workshop.eras(), parts.changes(), tasks);
    chores = new Chores(vertx, tasks, workshop, removal, parts);
    var forPeers = new PeerDesk.Rooms(desk, workshop, parts.blobs(), warmUps, parts.tracing());
    parts.peers().nodes().answerBy(new PeerDesk(forPeers, tasks)::answer);
    chores.begin();
    vertx.setPeriodic(LOOK_MILLIS, turn -> look());
    return Future.succeededFuture();
  }

  /** Whether fills move; and of a rule that is gone nobody would say any more how it stands. */
  private void look() {
    stillness();
    workshop.upstreams().heed();
  }

  @Override
  public Future<ManifestAnswer> manifest(ManifestRequest request) {
    return task(() -> desk.manifest(request));
  }

  @Override
  public Future<CheckAnswer> check(CheckRequest request) {
    return task(() -> desk.check(request));
  }

  @Override
  public Future<BlobAnswer> blob(BlobRequest request) {
    return task(() -> desk.blob(request));
  }

  @Override
  public Future<TagsAnswer> tags(TagsRequest request) {
    return task(() -> desk.tags(request));
  }

  @Override
  public Future<ReferrersAnswer> referrers(ReferrersRequest request) {
    return task(() -> desk.referrers(request));
  }

  @Override
  public Future<List<RepositoryName>> repositories() {
    return task(
        () ->
            tasks.aside(parts.names().repositories()::all).await().stream()
                .map(Repository::name)
                .toList());
  }

  @Override
  public Future<Validation> validate(String prefix) {
    return task(() -> desk.validate(prefix));
  }

  @Override
  public Future<Optional<String>> objection(Rule rule) {
    return workshop.upstreams().objection(rule);
  }

  @Override
  public Future<Void> pulled(RepositoryName repository, Digest digest) {
    parts.blobs().used(digest);
    return task(
        () -> parts.names().catalog().pulled(repository, digest, parts.clock().instant()).await());
  }

  @Override
  public Future<Optional<Repository>> repository(RepositoryName name) {
    return removed(() -> removal.repository(name));
  }

  @Override
  public Future<Set<Digest>> images(RepositoryName name, Set<Digest> digests) {
    return removed(() -> removal.images(name, (_, _) -> digests));
  }

  @Override
  public Future<Boolean> tag(RepositoryName name, Tag tag) {
    return task(() -> removal.tag(name, tag));
  }

  /** The fills that grow on this node at this moment; from any thread, once deployed. */
  public List<FillUnderWay> fills() {
    return workshop.fills().growing();
  }

  /** What this node does by itself. */
  Chores chores() {
    return chores;
  }

  /** The registries that are asked. */
  Upstreams upstreams() {
    return workshop.upstreams();
  }

  /** Hears what other nodes have deleted: what is under way here does not bring it back. */
  public NameChanges heard() {
    return new DeletedElsewhere(
        repository ->
            removed(
                () -> {
                  workshop.eras().begin(repository);
                  return null;
                }));
  }

  /** What is brought in before anybody pulls it, here and on other nodes. */
  public WarmUps warmUps() {
    return new ClusterWarmUps(warmUps, parts.peers());
  }

  /**
   * For how long the fill that has been still the longest has not gained a byte, to some seconds.
   * May be asked from any thread.
   */
  public Duration stillness() {
    Workshop opened = workshop;
    return opened == null ? Duration.ZERO : opened.fills().stillness();
  }

  /** Completes when the fills under way have ended; nothing more is warmed up. */
  public Future<Void> drained() {
    return warmUps.cancelAll().compose(_ -> workshop.fills().allSettled());
  }

  private <T> Future<T> removed(Callable<T> removal) {
    return task(removal).onSuccess(gone -> chores.deleted());
  }

  private <T> Future<T> task(Callable<T> body) {
    return tasks.runFor(((VertxInternal) vertx).getOrCreateContext(), body);
  }

  @Override
  public Future<?> stop() {
    workshop.upstreams().close();
    return Future.succeededFuture();
  }
}
