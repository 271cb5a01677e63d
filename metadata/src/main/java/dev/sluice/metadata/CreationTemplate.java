package dev.sluice.metadata;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * What repositories under a prefix are made with (ECR's repository creation template).
 *
 * @param prefix by whole path component, or {@link Rule#ROOT} for what no other template covers
 * @param repositoryPolicy kept and shown; grants are the configuration's
 * @param appliedFor ECR's words for what makes repositories, such as {@link #PULL_THROUGH_CACHE}
 */
public record CreationTemplate(
    String prefix,
    Optional<String> description,
    RepositorySettings settings,
    Optional<String> repositoryPolicy,
    Optional<String> lifecyclePolicy,
    Set<String> appliedFor,
    Optional<String> customRoleArn,
    Instant createdAt,
    Instant updatedAt) {

  /** Among {@link #appliedFor}: repositories that a first pull makes. */
  public static final String PULL_THROUGH_CACHE = "PULL_THROUGH_CACHE";

  /** Copies the set. */
  public CreationTemplate {
    appliedFor = Set.copyOf(appliedFor);
  }

  /**
   * The repository that a first pull makes, by the template of the longest prefix that covers it.
   */
  public static Repository repository(
      RepositoryName name, Instant now, Collection<CreationTemplate> templates) {
    return templates.stream()
        .filter(template -> template.appliedFor.contains(PULL_THROUGH_CACHE))
        .filter(template -> template.covers(name))
        .max(Comparator.comparingInt(CreationTemplate::weight))
        .map(template -> template.repository(name, now))
        .orElseGet(() -> new Repository(name, now, RepositorySettings.USUAL, Optional.empty()));
  }

  private Repository repository(RepositoryName name, Instant now) {
    return new Repository(name, now, settings, lifecyclePolicy);
  }

  private boolean covers(RepositoryName name) {
    return prefix.equals(Rule.ROOT) || name.value().equals(prefix) || name.isUnder(prefix);
  }

  private int weight() {
    return prefix.equals(Rule.ROOT) ? 0 : prefix.length();
  }
}
