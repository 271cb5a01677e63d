package dev.sluice.gateway.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Registries that many people pull from, to choose one from. */
final class KnownUpstreams {

  /**
   * @param alias ECR's word for it; empty for none
   */
  private record Known(String upstream, String prefix, String title, String alias) {}

  private static final List<Known> ALL =
      List.of(
          new Known("registry-1.docker.io", "docker-hub", "Docker Hub", "docker-hub"),
          new Known("public.ecr.aws", "ecr-public", "Amazon ECR Public", "ecr-public"),
          new Known("quay.io", "quay", "Quay", "quay"),
          new Known("ghcr.io", "ghcr", "GitHub Container Registry", "github-container-registry"),
          new Known("registry.k8s.io", "k8s", "Kubernetes", "k8s"),
          new Known("mcr.microsoft.com", "mcr", "Microsoft Artifact Registry", ""),
          new Known(
              "registry.gitlab.com",
              "gitlab",
              "GitLab Container Registry",
              "gitlab-container-registry"),
          new Known("cgr.dev", "chainguard", "Chainguard", "chainguard"),
          new Known("gcr.io", "gcr", "Google Container Registry", ""));

  private KnownUpstreams() {}

  /** All of them can be pulled from without a credential, if not all that they hold. */
  static JsonObject json() {
    JsonArray upstreams = new JsonArray();
    for (Known known : ALL) {
      upstreams.add(
          new JsonObject()
              .put("upstream", known.upstream)
              .put("prefix", known.prefix)
              .put("title", known.title)
              .put("needsCredential", false)
              .put("alias", known.alias));
    }
    return new JsonObject().put("upstreams", upstreams);
  }
}
