package dev.sluice.gateway.ecr.image;

import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.Page;
import dev.sluice.gateway.ecr.PageRequest;
import dev.sluice.gateway.ecr.Shape;
import dev.sluice.gateway.ecr.repository.RepositoryLookup;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** ListImageReferrers: signatures, SBOMs and the like, as far as they are cached here. */
public final class ImageReferrers {

  private static final int MAX_PAGE = 50;
  private static final int MAX_TYPES = 5;
  private static final String DIGEST = "must be a sha256 or sha512 digest";

  /** In bytes; of a larger manifest no annotations are shown. */
  private static final long LARGEST_READ = 256 << 10;

  private final RepositoryLookup lookup;
  private final Catalog catalog;
  private final Blobs blobs;

  /**
   * Of these repositories.
   *
   * @param blobs where the manifests are, whose annotations are shown
   */
  public ImageReferrers(RepositoryLookup lookup, Catalog catalog, Blobs blobs) {
    this.lookup = lookup;
    this.catalog = catalog;
    this.blobs = blobs;
  }

  private record Asked(
      RepositoryName repository, Digest subject, TypeFilter filter, PageRequest page) {}

  private record TypeFilter(List<String> types, ImageFilter.Status status) {

    static final TypeFilter NONE = new TypeFilter(List.of(), ImageFilter.Status.ANY);

    static TypeFilter read(Members filter) {
      return new TypeFilter(
          filter.texts("artifactTypes", 0, MAX_TYPES, Shape.length(1, 255)),
          filter.choice("artifactStatus", ImageFilter.Status.class).orElse(ImageFilter.Status.ANY));
    }

    boolean admits(ImageRecord image) {
      return status.isOfThoseHere()
          && (types.isEmpty() || image.artifactType().filter(types::contains).isPresent());
    }
  }

  /** The operation. */
  public Operation<?> operation() {
    return Operation.forPullers(
        "ListImageReferrers",
        ImageReferrers::read,
        Asked::repository,
        (_, asked) -> lookup.with(asked.repository, _ -> list(asked)));
  }

  private static Asked read(Members members) {
    members.require("subjectId");
    return new Asked(
        members.repositoryName(),
        members
            .structure("subjectId", id -> id.required("imageDigest", Digest::parse, DIGEST))
            .orElse(null),
        members.structure("filter", TypeFilter::read).orElse(TypeFilter.NONE),
        members.page(MAX_PAGE));
  }

  private EcrAnswer list(Asked asked) {
    List<ImageRecord> referrers =
        catalog.images(asked.repository).await().stream()
            .filter(image -> image.subject().equals(Optional.of(asked.subject)))
            .filter(asked.filter::admits)
            .toList();
    Page<ImageRecord> page = Page.of(referrers, image -> image.digest().toString(), asked.page);
    JsonArray list = new JsonArray();
    page.items().forEach(image -> list.add(json(image)));
    return new Done(page.into(new JsonObject().put("referrers", list)));
  }

  private JsonObject json(ImageRecord image) {
    JsonObject json =
        new JsonObject()
            .put("digest", image.digest().toString())
            .put("mediaType", image.mediaType())
            .put("size", image.size())
            .put("artifactStatus", ImageFilter.Status.ACTIVE.name());
    image.artifactType().ifPresent(type -> json.put("artifactType", type));
    JsonObject annotations = annotations(image);
    return annotations.isEmpty() ? json : json.put("annotations", annotations);
  }

  /** As the manifest has them; none where its bytes are not here. */
  private JsonObject annotations(ImageRecord image) {
    if (image.size() > LARGEST_READ) {
      return new JsonObject();
    }
    Optional<Buffer> bytes =
        blobs.read(image.digest()).map(Optional::of).otherwise(Optional.empty()).await();
    return bytes.map(ImageReferrers::annotations).orElseGet(JsonObject::new);
  }

  private static JsonObject annotations(Buffer manifest) {
    JsonObject texts = new JsonObject();
    try {
      if (new JsonObject(manifest).getValue("annotations") instanceof JsonObject annotations) {
        annotations.stream()
            .filter(entry -> entry.getValue() instanceof String)
            .forEach(entry -> texts.put(entry.getKey(), entry.getValue()));
      }
    } catch (DecodeException | ClassCastException malformed) {
      return texts;
    }
    return texts;
  }
}
