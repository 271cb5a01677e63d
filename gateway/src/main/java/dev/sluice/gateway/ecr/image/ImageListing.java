package dev.sluice.gateway.ecr.image;

import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.Page;
import dev.sluice.gateway.ecr.PageRequest;
import dev.sluice.gateway.ecr.repository.RepositoryLookup;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagIndex;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** DescribeImages and ListImages. */
public final class ImageListing {

  private static final int MAX_PAGE = 1000;

  private final RepositoryLookup lookup;
  private final Catalog catalog;
  private final TagIndex tags;

  /** Of what these repositories hold. */
  public ImageListing(RepositoryLookup lookup, Catalog catalog, TagIndex tags) {
    this.lookup = lookup;
    this.catalog = catalog;
    this.tags = tags;
  }

  private record Asked(
      RepositoryName repository, List<ImageId> ids, ImageFilter filter, PageRequest page) {}

  private sealed interface Selected {

    record Images(Collection<ImageRecord> images) implements Selected {}

    record Missing(Failed failed) implements Selected {}
  }

  /** Both operations. */
  public List<Operation<?>> all() {
    return List.of(
        Operation.forPullers(
            "DescribeImages",
            members -> read(members, ImageId.readAll(members)),
            Asked::repository,
            (_, asked) -> lookup.with(asked.repository, _ -> describe(asked))),
        Operation.forPullers(
            "ListImages",
            members -> read(members, List.of()),
            Asked::repository,
            (_, asked) -> lookup.with(asked.repository, _ -> list(asked))));
  }

  private static Asked read(Members members, List<ImageId> ids) {
    return new Asked(
        members.repositoryName(), ids, ImageFilter.read(members), members.page(MAX_PAGE));
  }

  private EcrAnswer describe(Asked asked) {
    RepositoryContents contents = RepositoryContents.of(catalog, tags, asked.repository);
    return switch (select(asked, contents)) {
      case Selected.Missing(var failed) -> failed;
      case Selected.Images(var images) -> describe(asked, contents, images);
    };
  }

  private EcrAnswer describe(
      Asked asked, RepositoryContents contents, Collection<ImageRecord> images) {
    List<ImageRecord> shown =
        images.stream()
            .filter(image -> asked.filter.admits(!contents.tagsOf(image.digest()).isEmpty()))
            .toList();
    Page<ImageRecord> page =
        asked.ids.isEmpty()
            ? Page.of(shown, image -> image.digest().toString(), asked.page)
            : Page.whole(shown);
    ImageDetails details = new ImageDetails(lookup.registry().about(asked.repository), contents);
    JsonArray list = new JsonArray(page.items().stream().map(details::of).toList());
    return new Done(page.into(new JsonObject().put("imageDetails", list)));
  }

  /** The images that are asked for, each once; all where none is named. */
  private Selected select(Asked asked, RepositoryContents contents) {
    if (asked.ids.isEmpty()) {
      return new Selected.Images(contents.images());
    }
    Set<ImageRecord> named = new LinkedHashSet<>();
    for (ImageId id : asked.ids) {
      switch (id.in(contents)) {
        case ImageId.Resolved.Image(var image) -> named.add(image);
        case ImageId.Resolved.Nothing(var failure) -> {
          return new Selected.Missing(failed(asked.repository, id, failure));
        }
      }
    }
    return new Selected.Images(named);
  }

  private Failed failed(RepositoryName repository, ImageId id, ImageFailure failure) {
    return failure.isMistake()
        ? new Failed(ErrorType.INVALID_PARAMETER, failure.reason())
        : new Failed(
            ErrorType.IMAGE_NOT_FOUND,
            "The image with imageId {imageDigest:'%s', imageTag:'%s'} does not exist within the repository with name '%s' in the registry with id '%s'"
                .formatted(
                    id.digest().orElse("null"),
                    id.tag().orElse("null"),
                    repository,
                    lookup.registry().account()));
  }

  /** One entry for each tag of an image, and one for an image that has none. */
  private EcrAnswer list(Asked asked) {
    RepositoryContents contents = RepositoryContents.of(catalog, tags, asked.repository);
    List<ImageId> shown =
        contents.images().stream()
            .flatMap(image -> entries(image, contents.tagsOf(image.digest())))
            .filter(id -> asked.filter.admits(id.tag().isPresent()))
            .toList();
    Page<ImageId> page = Page.of(shown, ImageListing::key, asked.page);
    JsonArray list = new JsonArray(page.items().stream().map(ImageId::json).toList());
    return new Done(page.into(new JsonObject().put("imageIds", list)));
  }

  private static Stream<ImageId> entries(ImageRecord image, List<Tag> tags) {
    return tags.isEmpty()
        ? Stream.of(ImageId.of(image.digest()))
        : tags.stream().map(tag -> ImageId.of(image.digest(), tag));
  }

  private static String key(ImageId id) {
    return id.digest().orElse("") + ' ' + id.tag().orElse("");
  }
}
