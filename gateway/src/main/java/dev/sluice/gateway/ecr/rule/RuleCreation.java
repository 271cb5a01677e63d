package dev.sluice.gateway.ecr.rule;

import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.Registry;
import dev.sluice.gateway.ecr.Shape;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.StoredRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** CreatePullThroughCacheRule. */
final class RuleCreation {

  /** A rule is looked for among all of them, for every pull. */
  private static final int MOST_RULES = 500;

  private final RuleOperations.Parts parts;
  private final Registry registry;

  RuleCreation(RuleOperations.Parts parts) {
    this.parts = parts;
    this.registry = parts.registry();
  }

  private record Wanted(
      String prefix,
      UpstreamUrl url,
      Optional<String> upstreamPrefix,
      Optional<CredentialArn> credential,
      Optional<String> customRole,
      Optional<String> upstreamRegistry) {

    static Wanted read(Members members) {
      return new Wanted(
          RulePrefix.readNew(members),
          members.required("upstreamRegistryUrl", UpstreamUrl::parse, UpstreamUrl.CONSTRAINT),
          RulePrefix.readUpstream(members),
          CredentialArn.read(members),
          members.optional("customRoleArn", Shape.ROLE_ARN),
          UpstreamRegistry.read(members));
    }

    Rule rule(List<String> credentials, RuleOperations.Parts parts) {
      return new Rule(
          prefix,
          url.upstream(),
          upstreamPrefix,
          url.endpoint(),
          credentials,
          List.of(),
          parts.policies());
    }
  }

  Operation<?> operation() {
    return Operation.forAdmins(
        "CreatePullThroughCacheRule", Wanted::read, (caller, wanted) -> create(wanted));
  }

  private EcrAnswer create(Wanted wanted) {
    if (ShownRule.find(parts.rules(), wanted.prefix()).isPresent()) {
      return alreadyExists(wanted.prefix());
    }
    if (parts.rules().stored().size() >= MOST_RULES) {
      return new Failed(
          ErrorType.LIMIT_EXCEEDED, "There are " + MOST_RULES + " rules; delete one first.");
    }
    return switch (CredentialLookup.of(wanted.credential(), parts.credentials())) {
      case CredentialLookup.Unusable(var failed) -> failed;
      case CredentialLookup.Usable(var files) -> create(wanted, wanted.rule(files, parts));
    };
  }

  private EcrAnswer create(Wanted wanted, Rule rule) {
    Optional<String> objection = objection(rule);
    if (objection.isPresent()) {
      return new Failed(
          ErrorType.UNSUPPORTED_UPSTREAM_REGISTRY,
          "The upstream registry %s is not supported: %s"
              .formatted(rule.upstream(), objection.get()));
    }
    Instant now = parts.clock().instant();
    StoredRule stored =
        new StoredRule(
            rule,
            now,
            now,
            wanted.credential().map(CredentialArn::text),
            wanted.customRole(),
            wanted.upstreamRegistry());
    return parts.rules().create(stored).await()
        ? new Done(ShownRule.of(stored).createdJson(registry))
        : alreadyExists(wanted.prefix());
  }

  private Optional<String> objection(Rule rule) {
    return rule.upstream().equalsIgnoreCase(registry.publicUrl().getRawAuthority())
        ? Optional.of("it is this registry itself.")
        : parts.objection().apply(rule).await();
  }

  private Failed alreadyExists(String prefix) {
    Failed failed = registry.ruleAlreadyExists(prefix);
    return parts.rules().isFixed(prefix)
        ? new Failed(failed.type(), failed.message() + "; it comes from the configuration file")
        : failed;
  }
}
