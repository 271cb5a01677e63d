package dev.sluice.gateway.ecr.image;

import dev.sluice.fetcher.FetchService;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestRequest;
import dev.sluice.fetcher.Refused;
import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.Shape;
import dev.sluice.gateway.ecr.repository.RepositoryLookup;
import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * BatchGetImage: manifests as a pull gets them, with a check where one is due, and out of a
 * repository that is not there yet but has a rule. All are asked for at once, so that an answer
 * takes no longer than its slowest manifest.
 */
public final class BatchGetImage {

  /** Of all manifests in one answer, in bytes; it is built in memory. */
  static final long LARGEST_ANSWER = 16 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(BatchGetImage.class);

  private static final int MAX_TYPES = 100;

  private final RepositoryLookup lookup;
  private final FetchService fetch;
  private final Blobs blobs;
  private final BiConsumer<RepositoryName, Digest> pulls;

  /**
   * Of these repositories.
   *
   * @param blobs where the manifests are that the fetcher brings in
   * @param pulls is told of every image that is given away
   */
  public BatchGetImage(
      RepositoryLookup lookup,
      FetchService fetch,
      Blobs blobs,
      BiConsumer<RepositoryName, Digest> pulls) {
    this.lookup = lookup;
    this.fetch = fetch;
    this.blobs = blobs;
    this.pulls = pulls;
  }

  private record Asked(RepositoryName repository, List<ImageId> ids, Set<String> types) {}

  private record Pull(ImageId id, Future<Outcome> outcome) {}

  private sealed interface Outcome {

    record Found(ManifestAnswer.Found found) implements Outcome {}

    record Not(ImageFailure failure) implements Outcome {}
  }

  /** The operation. */
  public Operation<?> operation() {
    return Operation.forPullers(
        "BatchGetImage", BatchGetImage::read, Asked::repository, (_, asked) -> get(asked));
  }

  private static Asked read(Members members) {
    members.require("imageIds");
    return new Asked(
        members.repositoryName(),
        ImageId.readAll(members),
        Set.copyOf(members.texts("acceptedMediaTypes", 1, MAX_TYPES, Shape.TEXT)));
  }

  private EcrAnswer get(Asked asked) {
    List<Pull> pulls = asked.ids.stream().map(id -> new Pull(id, pull(asked, id))).toList();
    JsonArray images = new JsonArray();
    JsonArray failures = new JsonArray();
    boolean isAllAbsent = true;
    long size = 0;
    for (Pull pull : pulls) {
      switch (pull.outcome.await()) {
        case Outcome.Not(var failure) -> {
          isAllAbsent &= failure.isMistake() || failure.isAbsence();
          failures.add(failure.json(pull.id));
        }
        case Outcome.Found(var found) -> {
          isAllAbsent = false;
          size += found.manifest().size();
          if (size > LARGEST_ANSWER) {
            return tooLarge();
          }
          read(found)
              .ifPresentOrElse(
                  manifest -> images.add(image(asked.repository, pull.id, found, manifest)),
                  () -> failures.add(ImageFailure.inaccessible().json(pull.id)));
        }
      }
    }
    Done done = new Done(new JsonObject().put("images", images).put("failures", failures));
    return isAllAbsent ? lookup.with(asked.repository, _ -> done) : done;
  }

  private Future<Outcome> pull(Asked asked, ImageId id) {
    Optional<ImageFailure> mistake = id.mistake();
    if (mistake.isPresent()) {
      return Future.succeededFuture(new Outcome.Not(mistake.get()));
    }
    Reference reference =
        Stream.concat(
                id.parsedTag().stream(), id.parsedDigest().map(Reference.ByDigest::new).stream())
            .findFirst()
            .orElseThrow();
    return fetch
        .manifest(new ManifestRequest(asked.repository, reference))
        .map(answer -> judge(asked, id, answer))
        .otherwise(
            bug -> {
              LOG.error("cannot get {} of {}", id, asked.repository, bug);
              return new Outcome.Not(ImageFailure.inaccessible());
            });
  }

  private static Outcome judge(Asked asked, ImageId id, ManifestAnswer answer) {
    return switch (answer) {
      case Refused refused -> new Outcome.Not(failure(refused));
      case ManifestAnswer.Found found when !id.isOf(found.manifest().digest()) ->
          new Outcome.Not(ImageFailure.mismatch());
      case ManifestAnswer.Found found when !accepts(asked.types, found.manifest().mediaType()) ->
          new Outcome.Not(
              FailureCode.IMAGE_NOT_FOUND.because(
                  "Requested image has the media type %s, which is not among acceptedMediaTypes"
                      .formatted(found.manifest().mediaType())));
      case ManifestAnswer.Found found -> new Outcome.Found(found);
    };
  }

  private static boolean accepts(Set<String> types, String type) {
    return types.isEmpty() || types.contains(type);
  }

  private static ImageFailure failure(Refused refused) {
    return switch (refused.reason()) {
      case NAME_UNKNOWN, MANIFEST_UNKNOWN, BLOB_UNKNOWN -> ImageFailure.notFound();
      case DENIED -> FailureCode.UPSTREAM_ACCESS_DENIED.because(refused.message());
      case TOO_MANY_REQUESTS -> FailureCode.UPSTREAM_TOO_MANY_REQUESTS.because(refused.message());
      case LOOP_DETECTED, UNAVAILABLE ->
          FailureCode.UPSTREAM_UNAVAILABLE.because(refused.message());
    };
  }

  private Optional<String> read(ManifestAnswer.Found found) {
    Digest digest = found.manifest().digest();
    return blobs
        .read(digest)
        .map(bytes -> Optional.of(bytes.toString()))
        .otherwise(
            lost -> {
              LOG.error("cannot read the manifest {}", digest, lost);
              return Optional.empty();
            })
        .await();
  }

  private JsonObject image(
      RepositoryName repository, ImageId id, ManifestAnswer.Found found, String body) {
    var manifest = found.manifest();
    pulls.accept(repository, manifest.digest());
    ImageId whole = new ImageId(Optional.of(manifest.digest().toString()), id.tag());
    return lookup
        .registry()
        .about(repository)
        .put("imageId", whole.json())
        .put("imageManifest", body)
        .put("imageManifestMediaType", manifest.mediaType());
  }

  private static Failed tooLarge() {
    return new Failed(
        ErrorType.LIMIT_EXCEEDED,
        "The manifests come to more than %d bytes; ask for fewer at once"
            .formatted(LARGEST_ANSWER));
  }
}
