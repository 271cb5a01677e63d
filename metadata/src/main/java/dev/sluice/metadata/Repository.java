package dev.sluice.metadata;

import java.time.Instant;
import java.util.Optional;

/**
 * A repository, as the ECR API shows it.
 *
 * @param lifecyclePolicy its text, as it was put
 * @param lifecycleEvaluatedAt when images were last expired by it
 */
public record Repository(
    RepositoryName name,
    Instant createdAt,
    RepositorySettings settings,
    Optional<String> lifecyclePolicy,
    Optional<Instant> lifecycleEvaluatedAt) {

  /** One that is made now. */
  public Repository(
      RepositoryName name,
      Instant createdAt,
      RepositorySettings settings,
      Optional<String> lifecyclePolicy) {
    this(name, createdAt, settings, lifecyclePolicy, Optional.empty());
  }

  /** The same with other settings. */
  public Repository with(RepositorySettings other) {
    return new Repository(name, createdAt, other, lifecyclePolicy, lifecycleEvaluatedAt);
  }

  /** The same with another lifecycle policy or none, which has not been evaluated. */
  public Repository withLifecyclePolicy(Optional<String> text) {
    return new Repository(name, createdAt, settings, text, Optional.empty());
  }

  /** The same after its lifecycle policy was evaluated. */
  public Repository evaluated(Instant at) {
    return new Repository(name, createdAt, settings, lifecyclePolicy, Optional.of(at));
  }
}
