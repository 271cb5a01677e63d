package dev.sluice.gateway.ecr.image;

import dev.sluice.fetcher.Deletions;
import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.repository.RepositoryLookup;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagIndex;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * BatchDeleteImage: a tag, and with its last tag the image; a digest, and with it all tags. What an
 * index lists stays as long as that index does.
 */
public final class BatchDeleteImage {

  private final RepositoryLookup lookup;
  private final Catalog catalog;
  private final TagIndex tags;
  private final Deletions deletions;

  /** From these repositories. */
  public BatchDeleteImage(
      RepositoryLookup lookup, Catalog catalog, TagIndex tags, Deletions deletions) {
    this.lookup = lookup;
    this.catalog = catalog;
    this.tags = tags;
    this.deletions = deletions;
  }

  private record Asked(RepositoryName repository, List<ImageId> ids) {}

  /** The operation. */
  public Operation<?> operation() {
    return Operation.forAdmins(
        "BatchDeleteImage",
        BatchDeleteImage::read,
        (_, asked) -> lookup.with(asked.repository, _ -> delete(asked)));
  }

  private static Asked read(Members members) {
    members.require("imageIds");
    return new Asked(members.repositoryName(), ImageId.readAll(members));
  }

  private EcrAnswer delete(Asked asked) {
    RepositoryContents contents = RepositoryContents.of(catalog, tags, asked.repository);
    DeletionPlan plan = DeletionPlan.of(contents, asked.ids);
    JsonArray deleted = new JsonArray();
    if (!plan.images().isEmpty()) {
      deletions.images(asked.repository, plan.images()).await();
    }
    for (Digest image : plan.images()) {
      List<Tag> gone = contents.tagsOf(image);
      gone.forEach(tag -> deleted.add(ImageId.of(image, tag).json()));
      if (gone.isEmpty()) {
        deleted.add(ImageId.of(image).json());
      }
    }
    plan.tags()
        .forEach(
            (tag, image) -> {
              deletions.tag(asked.repository, tag).await();
              deleted.add(ImageId.of(image, tag).json());
            });
    JsonArray failures = new JsonArray();
    plan.failures().forEach((id, failure) -> failures.add(failure.json(id)));
    return new Done(new JsonObject().put("imageIds", deleted).put("failures", failures));
  }
}
