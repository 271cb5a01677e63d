package dev.sluice.gateway.ecr.image;

import dev.sluice.gateway.access.LayerTickets;
import dev.sluice.gateway.ecr.Caller;
import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.Shape;
import dev.sluice.gateway.ecr.repository.RepositoryLookup;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * GetDownloadUrlForLayer and BatchCheckLayerAvailability. A layer is here for a client where its
 * repository is known to contain it: what is not stored yet comes in as it is downloaded.
 */
public final class LayerOperations {

  private static final int MOST = 100;
  private static final Shape ANY_DIGEST = Shape.length(0, 1000);

  private final RepositoryLookup lookup;
  private final Catalog catalog;
  private final LayerTickets tickets;

  /** Of these repositories. */
  public LayerOperations(RepositoryLookup lookup, Catalog catalog, LayerTickets tickets) {
    this.lookup = lookup;
    this.catalog = catalog;
    this.tickets = tickets;
  }

  private record Download(RepositoryName repository, String layer) {}

  private record Availability(RepositoryName repository, List<String> layers) {}

  /** Both operations. */
  public List<Operation<?>> all() {
    return List.of(
        Operation.forPullers(
            "GetDownloadUrlForLayer",
            LayerOperations::readDownload,
            Download::repository,
            (caller, asked) -> lookup.with(asked.repository, _ -> url(caller, asked))),
        Operation.forPullers(
            "BatchCheckLayerAvailability",
            LayerOperations::readAvailability,
            Availability::repository,
            (_, asked) -> lookup.with(asked.repository, _ -> check(asked))));
  }

  private static Download readDownload(Members members) {
    return new Download(
        members.repositoryName(), members.required("layerDigest", Shape.LAYER_DIGEST));
  }

  private static Availability readAvailability(Members members) {
    members.require("layerDigests");
    List<String> layers = members.texts("layerDigests", 1, MOST, ANY_DIGEST);
    return new Availability(members.repositoryName(), layers.stream().distinct().toList());
  }

  private EcrAnswer url(Caller caller, Download asked) {
    if (caller.key().isEmpty()) {
      return Caller.KEYLESS;
    }
    Optional<Digest> layer = find(asked.repository, asked.layer).map(Member::digest);
    if (layer.isEmpty()) {
      return new Failed(
          ErrorType.LAYERS_NOT_FOUND,
          "The layer with digest '%s' does not exist within the repository with name '%s' in the registry with id '%s'"
              .formatted(asked.layer, asked.repository, lookup.registry().account()));
    }
    String url =
        "%s/v2/%s/blobs/%s?%s=%s"
            .formatted(
                lookup.registry().proxyEndpoint(),
                asked.repository,
                layer.get(),
                LayerTickets.PARAMETER,
                tickets.issue(caller.key().get(), asked.repository, layer.get()));
    return new Done(new JsonObject().put("downloadUrl", url).put("layerDigest", asked.layer));
  }

  private EcrAnswer check(Availability asked) {
    JsonArray layers = new JsonArray();
    JsonArray failures = new JsonArray();
    for (String layer : asked.layers) {
      if (Shape.LAYER_DIGEST.objection(layer).isPresent()) {
        failures.add(failure(layer));
      } else {
        layers.add(availability(layer, find(asked.repository, layer)));
      }
    }
    return new Done(new JsonObject().put("layers", layers).put("failures", failures));
  }

  private Optional<Member> find(RepositoryName repository, String layer) {
    return Digest.parse(layer).flatMap(digest -> catalog.member(repository, digest).await());
  }

  private static JsonObject availability(String layer, Optional<Member> member) {
    JsonObject json =
        new JsonObject()
            .put("layerDigest", layer)
            .put("layerAvailability", member.isPresent() ? "AVAILABLE" : "UNAVAILABLE");
    member.ifPresent(
        known -> {
          known.size().ifPresent(size -> json.put("layerSize", size));
          known.mediaType().ifPresent(type -> json.put("mediaType", type));
        });
    return json;
  }

  private static JsonObject failure(String layer) {
    return new JsonObject()
        .put("layerDigest", layer)
        .put("failureCode", layer.isEmpty() ? "MissingLayerDigest" : "InvalidLayerDigest")
        .put(
            "failureReason",
            layer.isEmpty()
                ? "Invalid request parameters: layer digest cannot be empty"
                : "Invalid request parameters: layer digest should satisfy the regex '"
                    + Shape.LAYER_DIGEST.pattern()
                    + '\'');
  }
}
