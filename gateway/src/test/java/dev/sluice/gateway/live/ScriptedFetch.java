package dev.sluice.gateway.live;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.CheckAnswer;
import dev.sluice.fetcher.CheckRequest;
import dev.sluice.fetcher.FetchService;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestRequest;
import dev.sluice.fetcher.ReferrersAnswer;
import dev.sluice.fetcher.ReferrersRequest;
import dev.sluice.fetcher.TagsAnswer;
import dev.sluice.fetcher.TagsRequest;
import dev.sluice.fetcher.Validation;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Gives the answers that a test has put in, in that order, and notes what was asked. */
public final class ScriptedFetch implements FetchService {

  private final Queue<Future<ManifestAnswer>> manifests = new ConcurrentLinkedQueue<>();
  private final Queue<Future<BlobAnswer>> blobs = new ConcurrentLinkedQueue<>();
  private final Queue<Future<TagsAnswer>> tags = new ConcurrentLinkedQueue<>();
  private final Queue<Future<ReferrersAnswer>> referrers = new ConcurrentLinkedQueue<>();
  private final Queue<Future<CheckAnswer>> checks = new ConcurrentLinkedQueue<>();
  private final List<Record> asked = new CopyOnWriteArrayList<>();
  private final List<String> pulled = new CopyOnWriteArrayList<>();
  private volatile List<RepositoryName> repositories = List.of();
  private volatile Future<Void> note = Future.succeededFuture();
  private final Semaphore arrived = new Semaphore(0);

  /** The next answers to manifest requests. */
  public void manifests(ManifestAnswer... answers) {
    for (ManifestAnswer answer : answers) {
      manifest(Future.succeededFuture(answer));
    }
  }

  /** The next answers to blob requests. */
  public void blobs(BlobAnswer... answers) {
    for (BlobAnswer answer : answers) {
      blob(Future.succeededFuture(answer));
    }
  }

  /** The next answers to tags requests. */
  public void tags(TagsAnswer... answers) {
    for (TagsAnswer answer : answers) {
      tagList(Future.succeededFuture(answer));
    }
  }

  /** The next answers to requests for referrers. */
  public void referrers(ReferrersAnswer... answers) {
    for (ReferrersAnswer answer : answers) {
      referrers.add(Future.succeededFuture(answer));
    }
  }

  /** The repositories that were made. */
  public void repositories(String... names) {
    repositories = Arrays.stream(names).map(RepositoryName::new).toList();
  }

  /** The next answers to checks. */
  public void checks(CheckAnswer... answers) {
    for (CheckAnswer answer : answers) {
      checks.add(Future.succeededFuture(answer));
    }
  }

  /** The next answer to a manifest request, which may come late or fail. */
  public void manifest(Future<ManifestAnswer> answer) {
    manifests.add(answer);
  }

  /** The next answer to a blob request, which may come late or fail. */
  public void blob(Future<BlobAnswer> answer) {
    blobs.add(answer);
  }

  /** The next answer to a tags request, which may come late or fail. */
  public void tagList(Future<TagsAnswer> answer) {
    tags.add(answer);
  }

  /** The requests so far, the oldest first. */
  public List<Record> asked() {
    return List.copyOf(asked);
  }

  /** What becomes of notes of pulls. */
  public void notePulls(Future<Void> outcome) {
    note = outcome;
  }

  /** The images that were said to be pulled, such as {@code hub/app@sha256:...}, in order. */
  public List<String> pulled() {
    return List.copyOf(pulled);
  }

  /** Waits for the next request that nobody has waited for yet. */
  public void awaitRequest() throws InterruptedException {
    if (!arrived.tryAcquire(10, TimeUnit.SECONDS)) {
      throw new AssertionError("no request came");
    }
  }

  @Override
  public Future<ManifestAnswer> manifest(ManifestRequest request) {
    return answer(request, manifests);
  }

  @Override
  public Future<BlobAnswer> blob(BlobRequest request) {
    return answer(request, blobs);
  }

  @Override
  public Future<CheckAnswer> check(CheckRequest request) {
    return answer(request, checks);
  }

  @Override
  public Future<TagsAnswer> tags(TagsRequest request) {
    return answer(request, tags);
  }

  @Override
  public Future<ReferrersAnswer> referrers(ReferrersRequest request) {
    return answer(request, referrers);
  }

  @Override
  public Future<List<RepositoryName>> repositories() {
    return Future.succeededFuture(repositories);
  }

  @Override
  public Future<Validation> validate(String prefix) {
    return Future.failedFuture("no gateway asks this yet");
  }

  @Override
  public Future<Optional<String>> objection(Rule rule) {
    return Future.failedFuture("no gateway asks this yet");
  }

  @Override
  public Future<Void> pulled(RepositoryName repository, Digest digest) {
    pulled.add(repository + "@" + digest);
    return note;
  }

  private <T> Future<T> answer(Record request, Queue<Future<T>> script) {
    asked.add(request);
    arrived.release();
    Future<T> next = script.poll();
    return next == null ? Future.failedFuture("the script has no answer to " + request) : next;
  }
}
