package dev.sluice.metadata.shared;

import dev.sluice.metadata.CreationTemplate;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.StoredRule;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** Brings this node's copy and the authority in line. */
final class CopyMending implements Mending {

  private final Authority authority;
  private final Copy copy;
  private final AuthorityHealth health;
  private final RememberedIdentity remembered;

  CopyMending(
      Authority authority, Copy copy, AuthorityHealth health, RememberedIdentity remembered) {
    this.authority = authority;
    this.copy = copy;
    this.health = health;
    this.remembered = remembered;
  }

  @Override
  public Future<Boolean> isEmpty() {
    return authority
        .ask(metadata -> metadata.rules().all())
        .compose(
            rules ->
                rules.isEmpty()
                    ? authority
                        .askPatiently(metadata -> metadata.repositories().all())
                        .map(List::isEmpty)
                    : Future.succeededFuture(false));
  }

  @Override
  public Future<Void> restore() {
    return new Restoring(authority, copy, health).restore();
  }

  @Override
  public Future<Void> drop() {
    return dropAll(
            metadata -> metadata.repositories().all(),
            (Repository each) -> new RepositoryPlace(each.name()))
        .compose(
            _ ->
                dropAll(
                    metadata -> metadata.rules().all(),
                    (StoredRule each) -> new RulePlace(each.rule().prefix())))
        .compose(
            _ ->
                dropAll(
                    metadata -> metadata.templates().all(),
                    (CreationTemplate each) -> new TemplatePlace(each.prefix())));
  }

  private <T> Future<Void> dropAll(
      Function<Metadata, Future<List<T>>> list, Function<T, Place<T>> place) {
    return copy.list(list).compose(all -> Abreast.each(all, 1, each -> drop(place.apply(each))));
  }

  private Future<?> drop(Place<?> place) {
    return copy.change(place.life(), metadata -> place.drop(metadata).mapEmpty());
  }

  @Override
  public Future<Void> remember(String identity) {
    return copy.change(
        remembered,
        _ -> {
          try {
            remembered.write(identity);
            return Future.succeededFuture();
          } catch (IOException full) {
            return Future.failedFuture(full);
          }
        });
  }
}
