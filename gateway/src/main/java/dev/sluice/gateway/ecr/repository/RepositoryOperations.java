package dev.sluice.gateway.ecr.repository;

import dev.sluice.fetcher.Deletions;
import dev.sluice.gateway.ecr.Caller;
import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.Page;
import dev.sluice.gateway.ecr.PageRequest;
import dev.sluice.gateway.ecr.Registry;
import dev.sluice.gateway.ecr.Shape;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.Encryption;
import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.RepositorySettings;
import dev.sluice.metadata.TagMutability;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** CreateRepository, DescribeRepositories, DeleteRepository and PutImageTagMutability. */
public final class RepositoryOperations {

  private static final int MAX_PAGE = 1000;

  private final RepositoryLookup lookup;
  private final Catalog catalog;
  private final Deletions deletions;
  private final NameChanges changes;
  private final Clock clock;
  private final RepositoryView view;

  /**
   * On these repositories.
   *
   * @param changes is told where tags move otherwise from now on
   */
  public RepositoryOperations(
      RepositoryLookup lookup,
      Catalog catalog,
      Deletions deletions,
      NameChanges changes,
      Clock clock) {
    this.lookup = lookup;
    this.catalog = catalog;
    this.deletions = deletions;
    this.changes = changes;
    this.clock = clock;
    this.view = new RepositoryView(lookup.registry());
  }

  private record Creation(RepositoryName name, RepositorySettings settings) {}

  private record Description(List<RepositoryName> names, PageRequest page) {}

  private record Deletion(RepositoryName name, boolean force) {}

  private record Setting(RepositoryName name, TagMutability mutability) {}

  /** Every operation of this group. */
  public List<Operation<?>> all() {
    return List.of(
        Operation.forAdmins(
            "CreateRepository", RepositoryOperations::readCreation, (_, asked) -> create(asked)),
        Operation.forPullersOfAll(
            "DescribeRepositories",
            RepositoryOperations::readDescription,
            Description::names,
            this::describe),
        Operation.forAdmins(
            "DeleteRepository", RepositoryOperations::readDeletion, (_, asked) -> delete(asked)),
        Operation.forAdmins(
            "PutImageTagMutability", RepositoryOperations::readSetting, (_, asked) -> set(asked)));
  }

  private static Creation readCreation(Members members) {
    boolean scanOnPush =
        members
            .structure("imageScanningConfiguration", scanning -> scanning.flag("scanOnPush"))
            .orElse(false);
    return new Creation(
        members.repositoryName(),
        new RepositorySettings(
            Mutability.read(members).orElse(TagMutability.MUTABLE),
            scanOnPush,
            Encryptions.read(members, Encryptions.KEY).orElse(Encryption.AES256),
            ResourceTags.read(members, "tags")));
  }

  private static Description readDescription(Members members) {
    List<RepositoryName> names =
        members.texts("repositoryNames", 1, 100, Shape.REPOSITORY_NAME).stream()
            .map(RepositoryName::parse)
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    return new Description(names, members.page(MAX_PAGE));
  }

  private static Deletion readDeletion(Members members) {
    return new Deletion(members.repositoryName(), members.flag("force"));
  }

  private static Setting readSetting(Members members) {
    if (!members.has("imageTagMutability")) {
      members.reject("imageTagMutability", "Member must not be null");
    }
    return new Setting(
        members.repositoryName(), Mutability.read(members).orElse(TagMutability.MUTABLE));
  }

  private EcrAnswer create(Creation asked) {
    var repository = new Repository(asked.name, clock.instant(), asked.settings, Optional.empty());
    return lookup.repositories().create(repository).await()
        ? one(repository)
        : registry().repositoryAlreadyExists(asked.name);
  }

  private EcrAnswer describe(Caller caller, Description asked) {
    return asked.names.isEmpty() ? everyOne(caller, asked.page) : named(asked.names);
  }

  private EcrAnswer everyOne(Caller caller, PageRequest request) {
    Stream<Repository> shown =
        lookup.repositories().all().await().stream()
            .filter(repository -> caller.mayPull(repository.name()));
    Page<Repository> page =
        Page.of(shown.toList(), repository -> repository.name().value(), request);
    return new Done(page.into(view.list(page.items())));
  }

  private EcrAnswer named(List<RepositoryName> names) {
    List<Repository> repositories = new ArrayList<>();
    for (RepositoryName name : names) {
      Optional<Repository> found = lookup.repositories().find(name).await();
      if (found.isEmpty()) {
        return registry().repositoryNotFound(name);
      }
      repositories.add(found.get());
    }
    return new Done(view.list(repositories));
  }

  private EcrAnswer delete(Deletion asked) {
    return lookup.with(
        asked.name,
        repository -> {
          if (!asked.force && !catalog.images(asked.name).await().isEmpty()) {
            return registry().repositoryNotEmpty(asked.name);
          }
          return deletions
              .repository(asked.name)
              .await()
              .map(this::one)
              .orElseGet(() -> registry().repositoryNotFound(asked.name));
        });
  }

  private EcrAnswer set(Setting asked) {
    return lookup.changed(
        asked.name,
        known -> known.with(known.settings().with(asked.mutability)),
        now -> {
          changes.repository(asked.name);
          return new Done(
              Mutability.into(registry().about(asked.name), now.settings().mutability()));
        });
  }

  private EcrAnswer one(Repository repository) {
    return new Done(view.one(repository));
  }

  private Registry registry() {
    return lookup.registry();
  }
}
