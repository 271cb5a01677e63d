package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobAnswer.Found;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.upstream.BlobBody;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.BlobLocation.Growing;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Brings blobs in. A blob is served to a repository only as its member; of a digest that is not
 * known to be one, upstream is asked first, even where the bytes are here.
 */
final class BlobPull {

  private final Blobs blobs;
  private final Catalog catalog;
  private final Upstreams upstreams;
  private final Fills fills;
  private final Tasks tasks;
  private final Flights<Key, BlobAnswer> flights = new Flights<>();

  private record Key(RepositoryName repository, Digest digest) {}

  BlobPull(Blobs blobs, Catalog catalog, Upstreams upstreams, Fills fills, Tasks tasks) {
    this.blobs = blobs;
    this.catalog = catalog;
    this.upstreams = upstreams;
    this.fills = fills;
    this.tasks = tasks;
  }

  /**
   * Where a blob is.
   *
   * @param rule for the repository; empty where only what is cached can be served
   */
  BlobAnswer locate(Optional<Rule> rule, BlobRequest request, Purpose purpose) {
    Key key = new Key(request.repository(), request.digest());
    Optional<BlobLocation> here = blobs.find(key.digest);
    if (here.isPresent() && isVouchedFor(key)) {
      return found(here.get(), Provenance.HIT);
    }
    if (rule.isEmpty()) {
      return Refusals.noRule(key.repository);
    }
    // Where another repository's fetch has begun, a question costs less than a second download.
    boolean begun =
        flights.isUnderWay(
            other -> other.digest.equals(key.digest) && !other.repository.equals(key.repository));
    return here.isPresent() || request.headOnly() || begun
        ? vouchedFor(rule.get(), request, purpose)
        : join(rule.get(), request, purpose);
  }

  private boolean isVouchedFor(Key key) {
    return catalog.member(key.repository, key.digest).await().filter(Member::vouched).isPresent();
  }

  /** Asks upstream whether the repository has the blob, without fetching it. */
  private BlobAnswer vouchedFor(Rule rule, BlobRequest request, Purpose purpose) {
    RepositoryName repository = request.repository();
    Digest digest = request.digest();
    UpstreamAnswer<OptionalLong> answer =
        upstreams.of(rule).headBlob(rule.upstreamName(repository), digest, purpose);
    if (!(answer instanceof Got<OptionalLong>(var size))) {
      return refused(answer, rule, request);
    }
    catalog.admit(repository, Member.vouched(digest)).await();
    Optional<BlobLocation> here = blobs.find(digest);
    if (here.isPresent()) {
      return found(here.get(), Provenance.HIT);
    }
    OptionalLong listed = listedSize(request);
    return request.headOnly()
        ? new BlobAnswer.Upstream(listed.isPresent() ? listed : size)
        : join(rule, request, purpose);
  }

  private BlobAnswer join(Rule rule, BlobRequest request, Purpose purpose) {
    var part =
        flights.join(
            new Key(request.repository(), request.digest()),
            () -> tasks.run(() -> lookAgainThenFetch(rule, request, purpose)));
    BlobAnswer answer = part.result().await();
    return part.joined() ? coalesced(answer) : answer;
  }

  private static BlobAnswer coalesced(BlobAnswer answer) {
    return answer instanceof Found(var location, _)
        ? new Found(location, Provenance.COALESCED)
        : answer;
  }

  private BlobAnswer lookAgainThenFetch(Rule rule, BlobRequest request, Purpose purpose) {
    Optional<BlobLocation> here = blobs.find(request.digest());
    if (here.isPresent() && isVouchedFor(new Key(request.repository(), request.digest()))) {
      return found(here.get(), Provenance.HIT);
    }
    RepositoryName repository = request.repository();
    UpstreamAnswer<BlobBody> answer =
        upstreams.of(rule).blob(rule.upstreamName(repository), request.digest(), purpose);
    return answer instanceof Got<BlobBody>(var body)
        ? begin(rule, request, body)
        : refused(answer, rule, request);
  }

  private BlobAnswer begin(Rule rule, BlobRequest request, BlobBody body) {
    RepositoryName repository = request.repository();
    Digest digest = request.digest();
    OptionalLong listed = listedSize(request);
    Optional<String> wrong = wrongAtSight(digest, listed, body);
    if (wrong.isPresent()) {
      body.discard();
      return Refusals.unavailable(rule, what(request), wrong.get());
    }
    try {
      catalog.admit(repository, Member.vouched(digest)).await();
    } catch (RuntimeException full) {
      body.discard();
      return Refusals.unstorable(what(request), full);
    }
    Optional<BlobLocation> meanwhile = blobs.find(digest);
    if (meanwhile.isPresent()) {
      body.discard();
      return found(meanwhile.get(), Provenance.HIT);
    }
    OptionalLong size = listed.isPresent() ? listed : body.size();
    fills.begin(digest, body, size);
    if (blobs.find(digest).isEmpty()) {
      body.discard();
      return Refusals.unavailable(
          rule, what(request), "what it sent was wrong, or this node could not store it");
    }
    return new Found(new Growing(digest, size), Provenance.MISS);
  }

  private OptionalLong listedSize(BlobRequest request) {
    return catalog
        .member(request.repository(), request.digest())
        .await()
        .map(Member::size)
        .orElse(OptionalLong.empty());
  }

  private static Optional<String> wrongAtSight(Digest digest, OptionalLong listed, BlobBody body) {
    OptionalLong announced = body.size();
    if (listed.isPresent() && announced.isPresent() && !listed.equals(announced)) {
      return Optional.of(
          "it announced " + announced.getAsLong() + " bytes of " + listed.getAsLong());
    }
    if (body.isHtml() && listed.isEmpty()) {
      return Optional.of("it answered with a web page");
    }
    // A body of length 0 is whole at once: no byte could be held back until the digest is known.
    OptionalLong size = listed.isPresent() ? listed : announced;
    return size.equals(OptionalLong.of(0)) && !digest.isOfNothing()
        ? Optional.of("it has no bytes for it")
        : Optional.empty();
  }

  private static Found found(BlobLocation location, Provenance whenWhole) {
    return new Found(location, location instanceof Growing ? Provenance.COALESCED : whenWhole);
  }

  private static Refused refused(UpstreamAnswer<?> answer, Rule rule, BlobRequest request) {
    return Refusals.of(answer, rule, Reason.BLOB_UNKNOWN, what(request));
  }

  private static String what(BlobRequest request) {
    return "blob " + request.digest() + " of " + request.repository();
  }
}
