package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.CheckAnswer;
import dev.sluice.fetcher.CheckRequest;
import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.FetchService;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestRequest;
import dev.sluice.fetcher.NameChanges;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.TagsAnswer;
import dev.sluice.fetcher.TagsRequest;
import dev.sluice.fetcher.Validation;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import dev.sluice.metadata.TagIndex;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.VertxInternal;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Where this node decides. Deployed once, on a virtual thread; every request becomes a task of its
 * own, so that none waits for another.
 */
public final class FetchVerticle extends VerticleBase implements FetchService {

  private final Parts parts;
  private Tasks tasks;
  private Upstreams upstreams;
  private Fills fills;
  private ManifestPull manifests;
  private TagPull tagged;
  private BlobPull blobs;
  private TagLists tagLists;

  /**
   * What the decisions are made with.
   *
   * @param rules the rules in force, asked anew for every request
   * @param changes hears of what is answered otherwise from now on
   */
  public record Parts(
      Clock clock,
      Supplier<RuleTable> rules,
      TagIndex tags,
      Catalog catalog,
      Blobs blobs,
      Upstreams.Setup outside,
      NameChanges changes,
      FetchMetrics metrics) {}

  /** Ready once deployed. */
  public FetchVerticle(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    tasks = new Tasks();
    upstreams = new Upstreams(vertx, parts.clock, parts.outside, parts.metrics);
    fills = new Fills(parts.blobs, parts.metrics, parts.clock);
    Shelf shelf = new Shelf(parts.blobs, parts.catalog, parts.clock);
    Backlog backlog = new Backlog(tasks);
    Absences absences = new Absences(parts.clock);
    Quarantine quarantine = new Quarantine(parts.clock);
    ManifestFetch.Rooms forManifests =
        new ManifestFetch.Rooms(shelf, backlog, absences, quarantine);
    ManifestFetch manifestFetch = new ManifestFetch(forManifests, upstreams, parts.metrics);
    manifests = new ManifestPull(forManifests, manifestFetch, tasks);
    TagCheck.Rooms forTags =
        new TagCheck.Rooms(
            parts.tags, shelf, manifestFetch, backlog, upstreams, parts.changes, parts.clock);
    tagged = new TagPull(forTags, new TagCheck(forTags), tasks);
    BlobFetch.Rooms forBlobs =
        new BlobFetch.Rooms(
            parts.blobs,
            new Membership(parts.catalog),
            fills,
            absences,
            parts.metrics,
            parts.outside.deadlines().resumes());
    BlobFetch fetch = new BlobFetch(forBlobs, upstreams, quarantine, tasks);
    blobs = new BlobPull(forBlobs, upstreams, fetch, tasks);
    tagLists = new TagLists(parts.tags, upstreams, absences, tasks);
    backlog.workOffBy(new IndexCompletion(backlog, manifests, blobs, shelf, fills)::complete);
    return Future.succeededFuture();
  }

  @Override
  public Future<ManifestAnswer> manifest(ManifestRequest request) {
    var repository = request.repository();
    return task(
        () -> {
          Optional<Rule> rule = rule(repository);
          Optional<Refused> barred =
              rule.flatMap(known -> Admission.refusal(known, repository, request.reference()));
          return barred.isPresent()
              ? barred.get()
              : switch (request.reference()) {
                case Reference.ByDigest(var digest) ->
                    manifests.byDigest(rule, repository, digest, Purpose.PULL);
                case Reference.Tag tag -> tagged.byTag(rule, new TagName(repository, tag));
              };
        });
  }

  @Override
  public Future<CheckAnswer> check(CheckRequest request) {
    var repository = request.repository();
    return task(
        () -> {
          Optional<Rule> rule = rule(repository);
          Optional<Refused> barred =
              rule.flatMap(known -> Admission.refusal(known, repository, request.tag()));
          return barred.isPresent()
              ? barred.get()
              : tagged.check(rule, new TagName(repository, request.tag()));
        });
  }

  @Override
  public Future<BlobAnswer> blob(BlobRequest request) {
    return task(
        () -> {
          Optional<Rule> rule = rule(request.repository());
          Optional<Refused> barred =
              rule.flatMap(known -> Admission.refusal(known, request.repository()));
          return barred.isPresent() ? barred.get() : blobs.locate(rule, request, Purpose.PULL);
        });
  }

  @Override
  public Future<TagsAnswer> tags(TagsRequest request) {
    return task(
        () -> {
          Optional<Rule> rule = rule(request.repository());
          Optional<Refused> barred =
              rule.flatMap(known -> Admission.refusal(known, request.repository()));
          return barred.isPresent() ? barred.get() : tagLists.list(rule, request);
        });
  }

  private Optional<Rule> rule(RepositoryName repository) {
    return parts.rules.get().match(repository);
  }

  @Override
  public Future<Validation> validate(String prefix) {
    return task(
        () ->
            parts.rules.get().rules().stream()
                .filter(rule -> rule.prefix().equals(prefix))
                .findFirst()
                .map(rule -> upstreams.of(rule).validate())
                .orElseGet(() -> new Validation.Invalid("there is no rule " + prefix + ".")));
  }

  @Override
  public Future<Optional<String>> objection(Rule rule) {
    return upstreams.objection(rule);
  }

  @Override
  public Future<Void> pulled(RepositoryName repository, Digest digest) {
    return task(() -> parts.catalog.pulled(repository, digest, parts.clock.instant()).await());
  }

  /** Completes when the fills under way have ended. */
  public Future<Void> drained() {
    return fills.allSettled();
  }

  private <T> Future<T> task(Callable<T> body) {
    return tasks.runFor(((VertxInternal) vertx).getOrCreateContext(), body);
  }

  @Override
  public Future<?> stop() {
    upstreams.close();
    return Future.succeededFuture();
  }
}
