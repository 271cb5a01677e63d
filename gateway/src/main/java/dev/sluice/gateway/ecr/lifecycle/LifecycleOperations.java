package dev.sluice.gateway.ecr.lifecycle;

import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.Timestamps;
import dev.sluice.gateway.ecr.repository.RepositoryLookup;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** PutLifecyclePolicy, GetLifecyclePolicy and DeleteLifecyclePolicy. */
public final class LifecycleOperations {

  private final RepositoryLookup lookup;

  /** Of these repositories. */
  public LifecycleOperations(RepositoryLookup lookup) {
    this.lookup = lookup;
  }

  private record Putting(RepositoryName repository, PolicyText policy) {}

  /** Every operation of this group. */
  public List<Operation<?>> all() {
    return List.of(
        Operation.forAdmins(
            "PutLifecyclePolicy", LifecycleOperations::readPutting, (_, asked) -> put(asked)),
        Operation.forAdmins(
            "GetLifecyclePolicy", Members::repositoryName, (_, repository) -> get(repository)),
        Operation.forAdmins(
            "DeleteLifecyclePolicy",
            Members::repositoryName,
            (_, repository) -> delete(repository)));
  }

  private static Putting readPutting(Members members) {
    members.require(PolicyText.MEMBER);
    return new Putting(members.repositoryName(), PolicyText.read(members).orElse(null));
  }

  private EcrAnswer put(Putting asked) {
    return lookup.changed(
        asked.repository,
        known -> known.withLifecyclePolicy(Optional.of(asked.policy.text())),
        now -> new Done(about(now.name(), asked.policy.text())));
  }

  private EcrAnswer get(RepositoryName name) {
    return lookup.with(name, this::show);
  }

  private EcrAnswer delete(RepositoryName name) {
    return lookup.with(
        name,
        known -> {
          if (known.lifecyclePolicy().isPresent()) {
            lookup
                .repositories()
                .amend(name, repository -> repository.withLifecyclePolicy(Optional.empty()))
                .await();
          }
          return show(known);
        });
  }

  private EcrAnswer show(Repository repository) {
    if (repository.lifecyclePolicy().isEmpty()) {
      return notFound(lookup, repository.name());
    }
    JsonObject json = about(repository.name(), repository.lifecyclePolicy().get());
    repository
        .lifecycleEvaluatedAt()
        .ifPresent(at -> json.put("lastEvaluatedAt", Timestamps.of(at)));
    return new Done(json);
  }

  private JsonObject about(RepositoryName name, String policy) {
    return lookup.registry().about(name).put(PolicyText.MEMBER, policy);
  }

  static Failed notFound(RepositoryLookup lookup, RepositoryName name) {
    return new Failed(
        ErrorType.LIFECYCLE_POLICY_NOT_FOUND,
        "Lifecycle policy does not exist for the repository with name '%s' in the registry with id '%s'"
            .formatted(name, lookup.registry().account()));
  }
}
