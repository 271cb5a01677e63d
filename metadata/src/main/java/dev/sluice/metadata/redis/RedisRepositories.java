package dev.sluice.metadata.redis;

import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Repositories, each with keys of its own, and a set of their names beside, which in Redis Cluster
 * lies elsewhere. A name is added after its repository was made, and taken out after it was
 * dropped, with another look then: so none is missing for long, and of those too many nothing is
 * seen.
 */
final class RedisRepositories implements Repositories {

  private final Records records;
  private final Keys keys;

  RedisRepositories(Records records, Keys keys) {
    this.records = records;
    this.keys = keys;
  }

  @Override
  public Future<Optional<Repository>> find(RepositoryName name) {
    return records.value(keys.of(name).repository(), RepositoryKeys.ONLY);
  }

  @Override
  public Future<Boolean> exists(RepositoryName name) {
    return records.has(keys.of(name).repository(), RepositoryKeys.ONLY);
  }

  @Override
  public Future<List<Repository>> all() {
    return names().all().recover(this::noNames).map(this::parse).compose(this::all);
  }

  private Future<List<String>> noNames(Throwable failure) {
    if (!Failures.isWrongType(failure)) {
      return Future.failedFuture(failure);
    }
    countUndecodable();
    return Future.succeededFuture(List.of());
  }

  private List<RepositoryName> parse(List<String> texts) {
    List<RepositoryName> names = new ArrayList<>(texts.size());
    for (String text : texts.stream().sorted().toList()) {
      RepositoryName.parse(text).ifPresentOrElse(names::add, this::countUndecodable);
    }
    return names;
  }

  private Future<List<Repository>> all(List<RepositoryName> names) {
    List<Request> requests =
        names.stream()
            .map(name -> Records.request(keys.of(name).repository(), RepositoryKeys.ONLY))
            .toList();
    return records.link().sendAll(requests).compose(answers -> all(names, answers));
  }

  private Future<List<Repository>> all(List<RepositoryName> names, List<Future<Response>> answers) {
    List<Future<Known<Repository>>> found = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      found.add(
          records.found(keys.of(names.get(i)).repository(), RepositoryKeys.ONLY, answers.get(i)));
    }
    return Future.all(found)
        .map(
            _ ->
                found.stream()
                    .map(each -> Objects.requireNonNull(each.result()).value())
                    .flatMap(Optional::stream)
                    .toList());
  }

  @Override
  public Future<Boolean> create(Repository repository) {
    RepositoryKeys place = keys.of(repository.name());
    return new Amendments(records)
        .create(place.repository(), RepositoryKeys.ONLY, repository, change -> change.revise(place))
        .compose(created -> list(repository.name()).map(created));
  }

  /** Adds a name to the set; nothing where it is there. */
  Future<Void> list(RepositoryName name) {
    return names().add(List.of(name.value()));
  }

  @Override
  public Future<Optional<Repository>> amend(RepositoryName name, UnaryOperator<Repository> change) {
    RepositoryKeys place = keys.of(name);
    return new Amendments(records)
        .amend(place.repository(), RepositoryKeys.ONLY, change, step -> step.revise(place));
  }

  @Override
  public Future<Optional<Repository>> remove(RepositoryName name) {
    RepositoryKeys place = keys.of(name);
    return new Amendments(records)
        .take(
            place.repository(),
            RepositoryKeys.ONLY,
            change ->
                change
                    .clear(place.repository().key())
                    .clear(place.tags().key())
                    .clear(place.images().key())
                    .clear(place.members().key())
                    .clear(place.revision()))
        .compose(known -> unlist(name).map(known));
  }

  private Future<Void> unlist(RepositoryName name) {
    return names()
        .remove(name.value())
        .compose(_ -> exists(name))
        .compose(anew -> anew ? list(name) : Future.succeededFuture());
  }

  private NameSet names() {
    return new NameSet(records.link(), keys.repositories());
  }

  private void countUndecodable() {
    records.undecodable().count("repository");
  }
}
