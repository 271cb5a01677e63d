package dev.sluice.gateway.ecr.lifecycle;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.Page;
import dev.sluice.gateway.ecr.PageRequest;
import dev.sluice.gateway.ecr.image.ImageId;
import dev.sluice.gateway.ecr.image.TagStatus;
import dev.sluice.gateway.ecr.repository.RepositoryLookup;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.LifecycleImage;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagIndex;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * StartLifecyclePolicyPreview and GetLifecyclePolicyPreview. A preview is complete before its start
 * is answered; it is kept in the memory of this node until others have taken its place.
 */
public final class PreviewOperations {

  private static final int MAX_PAGE = 100;

  /** Images in all previews together; about 300 bytes each. */
  private static final int MOST_RESULTS = 100_000;

  private final RepositoryLookup lookup;
  private final Catalog catalog;
  private final TagIndex tags;
  private final Clock clock;

  private final Cache<Key, Preview> previews =
      Caffeine.newBuilder()
          .maximumWeight(MOST_RESULTS)
          .<Key, Preview>weigher((key, preview) -> 100 + preview.results().size())
          .build();

  /** Of these repositories. */
  public PreviewOperations(RepositoryLookup lookup, Catalog catalog, TagIndex tags, Clock clock) {
    this.lookup = lookup;
    this.catalog = catalog;
    this.tags = tags;
    this.clock = clock;
  }

  /** A repository until it is deleted, and not one of the same name afterwards. */
  private record Key(RepositoryName name, Instant createdAt) {

    static Key of(Repository repository) {
      return new Key(repository.name(), repository.createdAt());
    }
  }

  private record Start(RepositoryName repository, Optional<PolicyText> policy) {}

  private record Question(
      RepositoryName repository, List<ImageId> ids, TagStatus tags, PageRequest page) {

    boolean admits(Preview.Result result) {
      return tags.admits(!result.tags().isEmpty())
          && (ids.isEmpty()
              || ids.stream().anyMatch(id -> id.names(result.digest(), result.tags())));
    }
  }

  /** Both operations. */
  public List<Operation<?>> all() {
    return List.of(
        Operation.forAdmins(
            "StartLifecyclePolicyPreview",
            members -> new Start(members.repositoryName(), PolicyText.read(members)),
            (_, asked) -> lookup.with(asked.repository, known -> start(known, asked.policy))),
        Operation.forAdmins(
            "GetLifecyclePolicyPreview",
            PreviewOperations::readQuestion,
            (_, asked) -> lookup.with(asked.repository, known -> get(known, asked))));
  }

  private static Question readQuestion(Members members) {
    return new Question(
        members.repositoryName(),
        ImageId.readAll(members),
        members.structure("filter", TagStatus::read).orElse(TagStatus.ANY),
        members.page(MAX_PAGE));
  }

  private EcrAnswer start(Repository repository, Optional<PolicyText> asked) {
    Optional<PolicyText> policy = asked.or(() -> PolicyText.kept(repository.lifecyclePolicy()));
    if (policy.isEmpty()) {
      return LifecycleOperations.notFound(lookup, repository.name());
    }
    List<LifecycleImage> images =
        LifecycleImage.of(
            catalog.images(repository.name()).await(), tags.all(repository.name()).await());
    previews.put(Key.of(repository), Preview.of(policy.get(), images, clock.instant()));
    return new Done(about(repository, policy.get().text(), "IN_PROGRESS"));
  }

  private EcrAnswer get(Repository repository, Question asked) {
    Preview preview = previews.getIfPresent(Key.of(repository));
    if (preview == null) {
      return notFound(repository.name());
    }
    List<Preview.Result> shown = preview.results().stream().filter(asked::admits).toList();
    Page<Preview.Result> page = Page.of(shown, Preview.Result::key, asked.page);
    JsonArray results = new JsonArray(page.items().stream().map(Preview.Result::json).toList());
    return new Done(
        page.into(
            about(repository, preview.text(), "COMPLETE")
                .put("previewResults", results)
                .put(
                    "summary",
                    new JsonObject().put("expiringImageTotalCount", preview.results().size()))));
  }

  private JsonObject about(Repository repository, String policy, String status) {
    return lookup
        .registry()
        .about(repository.name())
        .put(PolicyText.MEMBER, policy)
        .put("status", status);
  }

  private Failed notFound(RepositoryName name) {
    return new Failed(
        ErrorType.LIFECYCLE_POLICY_PREVIEW_NOT_FOUND,
        "Lifecycle policy preview does not exist for the repository with name '%s' in the registry with id '%s'"
            .formatted(name, lookup.registry().account()));
  }
}
