package dev.sluice.gateway.ecr.repository;

import dev.sluice.gateway.ecr.Registry;
import dev.sluice.gateway.ecr.Timestamps;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositorySettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Repositories on the wire. */
record RepositoryView(Registry registry) {

  /** An answer about one. */
  JsonObject one(Repository repository) {
    return new JsonObject().put("repository", json(repository));
  }

  /** An answer about several. */
  JsonObject list(List<Repository> repositories) {
    return new JsonObject()
        .put("repositories", new JsonArray(repositories.stream().map(this::json).toList()));
  }

  private JsonObject json(Repository repository) {
    RepositorySettings settings = repository.settings();
    JsonObject json =
        registry
            .about(repository.name())
            .put("repositoryArn", registry.repositoryArn(repository.name()))
            .put("repositoryUri", registry.repositoryUri(repository.name()))
            .put("createdAt", Timestamps.of(repository.createdAt()))
            .put(
                "imageScanningConfiguration",
                new JsonObject().put("scanOnPush", settings.scanOnPush()));
    return Encryptions.into(Mutability.into(json, settings.mutability()), settings.encryption());
  }
}
