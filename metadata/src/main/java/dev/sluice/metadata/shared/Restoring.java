package dev.sluice.metadata.shared;

import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts what the copy has back into an authority that was emptied, where nobody has put anything
 * since. Other nodes may do the same at the same time.
 */
final class Restoring {

  /** Repositories at a time, and records of each: fast enough, and requests still come between. */
  private static final int REPOSITORIES = 4;

  private static final int RECORDS = 8;

  private final Authority authority;
  private final Copy copy;
  private final AuthorityHealth health;

  Restoring(Authority authority, Copy copy, AuthorityHealth health) {
    this.authority = authority;
    this.copy = copy;
    this.health = health;
  }

  /** Succeeds when all is back; may be begun again after it failed. */
  Future<Void> restore() {
    return each(metadata -> metadata.rules().all(), rule -> put(to -> to.rules().create(rule)))
        .compose(
            _ ->
                each(
                    metadata -> metadata.templates().all(),
                    template -> put(to -> to.templates().create(template))))
        .compose(
            _ ->
                copy.list(metadata -> metadata.repositories().all())
                    .compose(all -> Abreast.each(all, REPOSITORIES, this::restore)))
        .compose(
            _ ->
                each(
                    metadata -> metadata.rateLimits().all().map(all -> all.entrySet()),
                    limit ->
                        put(
                            to ->
                                to.rateLimits()
                                    .amend(
                                        limit.getKey(),
                                        known ->
                                            known.equals(RateLimit.UNKNOWN)
                                                ? limit.getValue()
                                                : known))));
  }

  private Future<Void> restore(Repository repository) {
    return put(to -> to.repositories().create(repository))
        .compose(_ -> restoreImages(repository))
        .compose(_ -> restoreTags(repository.name()));
  }

  private Future<Void> restoreImages(Repository repository) {
    return authority
        .askPatiently(metadata -> metadata.catalog().images(repository.name()))
        .compose(
            there -> {
              Set<Digest> restored =
                  there.stream().map(ImageRecord::digest).collect(Collectors.toSet());
              Set<Digest> vouched = new HashSet<>();
              return each(
                  metadata -> missing(metadata, repository.name(), restored),
                  image ->
                      put(to -> to.catalog().keep(repository, image))
                          .compose(_ -> vouch(repository.name(), image, vouched)));
            });
  }

  private static Future<List<ImageRecord>> missing(
      Metadata copy, RepositoryName repository, Set<Digest> there) {
    return copy.catalog()
        .images(repository)
        .map(all -> all.stream().filter(image -> !there.contains(image.digest())).toList());
  }

  /** What an image lists comes back with it, but not what upstream was seen to have of that. */
  private Future<Void> vouch(RepositoryName repository, ImageRecord image, Set<Digest> vouched) {
    List<Digest> others;
    synchronized (vouched) {
      others = image.members().stream().map(Member::digest).filter(vouched::add).toList();
    }
    return Abreast.each(
        others,
        1,
        digest ->
            copy.ask(metadata -> metadata.catalog().member(repository, digest))
                .compose(
                    known ->
                        known
                            .filter(Member::vouched)
                            .<Future<Void>>map(
                                member -> put(to -> to.catalog().admit(repository, member)))
                            .orElseGet(Future::succeededFuture)));
  }

  private Future<Void> restoreTags(RepositoryName repository) {
    return each(
        metadata -> metadata.tags().all(repository).map(all -> all.entrySet()),
        tag ->
            put(
                to ->
                    pointWhereUnknown(to, new TagPlace(repository, tag.getKey()), tag.getValue())));
  }

  private static Future<Void> pointWhereUnknown(Metadata to, TagPlace place, TagEntry entry) {
    return place
        .in(to)
        .compose(
            known ->
                known.isPresent()
                    ? Future.succeededFuture()
                    : to.tags().point(place.repository(), place.tag(), entry));
  }

  private <T> Future<Void> each(
      Function<Metadata, ? extends Future<? extends Iterable<T>>> list,
      Function<T, Future<?>> step) {
    return copy.<Iterable<T>>list(metadata -> list.apply(metadata).map(all -> all))
        .compose(all -> Abreast.each(all, RECORDS, step));
  }

  /** What the authority refuses as such it would refuse for ever, and is left out. */
  private <T> Future<Void> put(Function<Metadata, Future<T>> change) {
    return authority
        .ask(change)
        .compose(
            _ -> {
              health.restored();
              return Future.succeededFuture();
            },
            failure ->
                Authority.isRefusal(failure)
                    ? Future.succeededFuture()
                    : Future.failedFuture(failure));
  }
}
