package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.Referrer;
import dev.sluice.fetcher.ReferrersRequest;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.TagIndex;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What refers to a manifest, as far as that is known here: manifests that name it as their subject,
 * and what its list of referrers says where that was pulled. Its methods wait.
 */
final class CachedReferrers {

  /** In bytes; of a larger manifest no annotations are shown. */
  private static final long LARGEST_READ = 256 << 10;

  private final Catalog catalog;
  private final TagIndex tags;
  private final Blobs blobs;
  private final Tasks tasks;

  CachedReferrers(Names names, Blobs blobs, Tasks tasks) {
    this.catalog = names.catalog();
    this.tags = names.tags();
    this.blobs = blobs;
    this.tasks = tasks;
  }

  /** Those of a manifest; where metadata cannot be read, none. */
  List<Referrer> find(ReferrersRequest request) {
    List<ImageRecord> images =
        tasks.aside(() -> catalog.images(request.repository())).otherwise(List.of()).await();
    Stream<Referrer> subjects =
        images.stream()
            .filter(image -> image.subject().equals(Optional.of(request.subject())))
            .map(this::described);
    return Stream.concat(underTag(request).stream(), subjects).toList();
  }

  /** Whether the manifest itself can be pulled from here. */
  boolean isSubjectKnown(ReferrersRequest request) {
    return catalog
        .image(request.repository(), request.subject())
        .map(Optional::isPresent)
        .otherwise(false)
        .await();
  }

  /** What a stored list of referrers says; nothing where its bytes are not here. */
  List<Referrer> listedIn(Digest index) {
    return read(index).stream().flatMap(Referrer::all).toList();
  }

  private List<Referrer> underTag(ReferrersRequest request) {
    return tags.find(request.repository(), ReferrersTag.of(request.subject()))
        .otherwise(Optional.empty())
        .await()
        .map(entry -> listedIn(entry.digest()))
        .orElse(List.of());
  }

  private Referrer described(ImageRecord image) {
    return Referrer.of(
        new Descriptor(image.digest(), image.mediaType(), image.size()),
        image.artifactType(),
        image.size() > LARGEST_READ
            ? new JsonObject()
            : read(image.digest()).orElseGet(JsonObject::new));
  }

  private Optional<JsonObject> read(Digest manifest) {
    try {
      return blobs
          .read(manifest)
          .map(bytes -> Optional.of(new JsonObject(bytes)))
          .otherwise(Optional.empty())
          .await();
    } catch (DecodeException | ClassCastException noObject) {
      return Optional.empty();
    }
  }
}
