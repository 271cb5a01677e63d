package dev.sluice.fetcher;

import java.util.List;
import java.util.Optional;

/**
 * What somebody wants to have here, as they wrote it: a list of images, or what the registry of a
 * rule has.
 *
 * @param images such as {@code docker-hub/library/alpine:3.20}; without a tag it is {@code latest}
 * @param rule a rule's prefix, in place of images
 * @param repositories patterns of upstream's names; only with a rule, none for all
 * @param tags patterns; only with a rule, none for all
 * @param platforms such as {@code linux/amd64}, or {@code all}; none for what the rule says
 */
public record WarmUpRequest(
    List<String> images,
    Optional<String> rule,
    List<String> repositories,
    List<String> tags,
    List<String> platforms) {

  /** Copies the lists. */
  public WarmUpRequest {
    images = List.copyOf(images);
    repositories = List.copyOf(repositories);
    tags = List.copyOf(tags);
    platforms = List.copyOf(platforms);
  }

  /** These images, for the platforms that their rules say. */
  public static WarmUpRequest of(List<String> images) {
    return new WarmUpRequest(images, Optional.empty(), List.of(), List.of(), List.of());
  }
}
