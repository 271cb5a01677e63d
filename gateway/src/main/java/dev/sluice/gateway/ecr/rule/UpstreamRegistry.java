package dev.sluice.gateway.ecr.rule;

import dev.sluice.gateway.ecr.Members;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** ECR's words for the registries that it knows: {@code upstreamRegistry}. */
final class UpstreamRegistry {

  private static final List<String> WORDS =
      List.of(
          "ecr",
          "ecr-public",
          "quay",
          "k8s",
          "docker-hub",
          "github-container-registry",
          "azure-container-registry",
          "gitlab-container-registry",
          "chainguard");

  private static final Map<String, String> BY_HOST =
      Map.of(
          "public.ecr.aws", "ecr-public",
          "quay.io", "quay",
          "registry.k8s.io", "k8s",
          "registry-1.docker.io", "docker-hub",
          "ghcr.io", "github-container-registry",
          "registry.gitlab.com", "gitlab-container-registry",
          "cgr.dev", "chainguard");

  private static final Pattern ECR =
      Pattern.compile("[0-9]{12}\\.dkr\\.ecr(-fips)?\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?");
  private static final Pattern AZURE = Pattern.compile("[a-z0-9-]+\\.azurecr\\.(io|us|cn)");

  private UpstreamRegistry() {}

  /** The member where it is given; it changes nothing, since the URL says everything. */
  static Optional<String> read(Members members) {
    return members.optional(
        "upstreamRegistry",
        word -> Optional.of(word).filter(WORDS::contains),
        "Member must satisfy enum value set: " + WORDS);
  }

  /** The word for a registry's host; empty for one that ECR has no word for. */
  static Optional<String> of(String host) {
    if (ECR.matcher(host).matches()) {
      return Optional.of("ecr");
    }
    return AZURE.matcher(host).matches()
        ? Optional.of("azure-container-registry")
        : Optional.ofNullable(BY_HOST.get(host));
  }
}
