package dev.sluice.metadata.shared;

import dev.sluice.metadata.CreationTemplate;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.StoredRule;
import dev.sluice.metadata.TagEntry;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One attempt to put what the copy has back into an authority that was emptied, where nobody has
 * put anything since. Other nodes may do the same at the same time.
 */
final class Restoring {

  /** Repositories at a time, and records of each: fast enough, and requests still come between. */
  private static final int REPOSITORIES = 4;

  private static final int RECORDS = 8;

  private final Authority authority;
  private final Copy copy;
  private final AuthorityHealth health;
  private final AtomicInteger failures = new AtomicInteger();

  Restoring(Authority authority, Copy copy, AuthorityHealth health) {
    this.authority = authority;
    this.copy = copy;
    this.health = health;
  }

  /** Succeeds when all is back. */
  Future<Void> restore() {
    return copy.list(metadata -> metadata.rules().all())
        .compose(all -> Abreast.each(all, RECORDS, this::restore))
        .compose(_ -> copy.list(metadata -> metadata.templates().all()))
        .compose(all -> Abreast.each(all, RECORDS, this::restore))
        .compose(_ -> copy.list(metadata -> metadata.repositories().all()))
        .compose(all -> Abreast.each(all, REPOSITORIES, this::restore))
        .compose(_ -> copy.list(metadata -> metadata.rateLimits().all().map(Map::entrySet)))
        .compose(
            all ->
                Abreast.each(
                    all,
                    RECORDS,
                    limit -> restore(new LimitPlace(limit.getKey()), limit.getValue())))
        .compose(
            _ ->
                failures.get() == 0
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        new IOException(failures + " entries could not be put back")));
  }

  private Future<Void> restore(StoredRule rule) {
    return put(RulePlace.of(rule), to -> to.rules().create(rule));
  }

  private Future<Void> restore(CreationTemplate template) {
    return put(TemplatePlace.of(template), to -> to.templates().create(template));
  }

  private Future<Void> restore(LimitPlace place, RateLimit limit) {
    return put(
        place,
        to ->
            to.rateLimits()
                .amend(place.account(), known -> known.equals(RateLimit.UNKNOWN) ? limit : known));
  }

  private Future<Void> restore(Repository repository) {
    return put(new RepositoryPlace(repository.name()), to -> to.repositories().create(repository))
        .compose(_ -> missing(repository.name()))
        .compose(
            images -> {
              Set<Digest> seen = ConcurrentHashMap.newKeySet();
              return Abreast.each(images, RECORDS, image -> restore(repository, image, seen));
            })
        .compose(_ -> copy.list(metadata -> metadata.tags().all(repository.name())))
        .compose(
            tags ->
                Abreast.each(
                    tags.entrySet(),
                    RECORDS,
                    tag -> restore(new TagPlace(repository.name(), tag.getKey()), tag.getValue())));
  }

  /** The images of a repository that the authority lacks. */
  private Future<List<ImageRecord>> missing(RepositoryName repository) {
    Function<Metadata, Future<List<ImageRecord>>> images =
        metadata -> metadata.catalog().images(repository);
    return authority
        .askPatiently(images)
        .map(all -> all.stream().map(ImageRecord::digest).collect(Collectors.toSet()))
        .compose(
            there ->
                copy.list(images)
                    .map(
                        all ->
                            all.stream()
                                .filter(image -> !there.contains(image.digest()))
                                .toList()));
  }

  /** What an image lists comes back with it, but not what upstream was seen to have of that. */
  private Future<Void> restore(Repository repository, ImageRecord image, Set<Digest> seen) {
    RepositoryName name = repository.name();
    return put(new ImagePlace(name, image.digest()), to -> to.catalog().keep(repository, image))
        .compose(
            _ ->
                Abreast.each(
                    image.members(),
                    1,
                    member ->
                        seen.add(member.digest())
                            ? vouch(new MemberPlace(name, member.digest()))
                            : Future.succeededFuture()));
  }

  private Future<Void> vouch(MemberPlace place) {
    return copy.ask(place::in)
        .map(known -> known.filter(Member::vouched))
        .compose(
            vouched ->
                vouched
                    .map(member -> put(place, to -> to.catalog().admit(place.repository(), member)))
                    .orElseGet(Future::succeededFuture));
  }

  private Future<Void> restore(TagPlace place, TagEntry entry) {
    return put(
        place,
        to ->
            place
                .in(to)
                .compose(
                    known ->
                        known.isPresent()
                            ? Future.succeededFuture()
                            : to.tags().point(place.repository(), place.tag(), entry)));
  }

  /** Puts one record there, unless it was removed here meanwhile. */
  private <T> Future<Void> put(Place<?> place, Function<Metadata, Future<T>> change) {
    return copy.ask(place::isIn)
        .compose(
            isIn -> isIn ? authority.ask(change).transform(this::count) : Future.succeededFuture());
  }

  /** Goes on after a failure as long as the authority answers others. */
  private <T> Future<Void> count(T made, Throwable failure) {
    if (failure == null) {
      health.restored();
    } else if (!Authority.isRefusal(failure)) {
      failures.incrementAndGet();
    }
    return failure != null && authority.isSpared()
        ? Future.failedFuture(failure)
        : Future.succeededFuture();
  }
}
