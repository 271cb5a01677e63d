package dev.sluice.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A rule that was made through the API.
 *
 * @param updatedAt when its credential was last changed
 * @param credentialArn as the client gave it; the rule's own credential is the file it names
 * @param customRoleArn kept and shown
 * @param upstreamRegistry ECR's word for the registry, such as {@code docker-hub}
 */
public record StoredRule(
    Rule rule,
    Instant createdAt,
    Instant updatedAt,
    Optional<String> credentialArn,
    Optional<String> customRoleArn,
    Optional<String> upstreamRegistry) {

  /** The same with another credential and role. */
  public StoredRule updated(
      List<String> credentials,
      Optional<String> newCredentialArn,
      Optional<String> newCustomRoleArn,
      Instant now) {
    Rule changed =
        new Rule(
            rule.prefix(),
            rule.upstream(),
            rule.upstreamPrefix(),
            rule.endpoint(),
            credentials,
            rule.tokenRealms(),
            rule.policies());
    return new StoredRule(
        changed, createdAt, now, newCredentialArn, newCustomRoleArn, upstreamRegistry);
  }
}
