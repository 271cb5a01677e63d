package dev.sluice.gateway.ecr.rule;

import dev.sluice.fetcher.Validation;
import dev.sluice.gateway.ecr.EcrAnswer;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.ErrorType;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Operation;
import dev.sluice.gateway.ecr.Registry;
import dev.sluice.gateway.ecr.Shape;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleBook;
import dev.sluice.metadata.StoredRule;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The operations on pull through cache rules. Those of the configuration file are shown, and
 * changed only there.
 */
public final class RuleOperations {

  private final Parts parts;

  /**
   * What the operations stand on.
   *
   * @param objection why this node would never connect to a rule's registry; empty where it may
   * @param validation asks a rule's registry, by the rule's prefix, whether it can be pulled from
   * @param policies of every rule that is made
   */
  public record Parts(
      Registry registry,
      RuleBook rules,
      CredentialFiles credentials,
      Function<Rule, Future<Optional<String>>> objection,
      Function<String, Future<Validation>> validation,
      Policies policies,
      Clock clock) {}

  /** Operations on these rules. */
  public RuleOperations(Parts parts) {
    this.parts = parts;
  }

  private record Update(
      String prefix, Optional<CredentialArn> credential, Optional<String> customRole) {

    static Update read(Members members) {
      return new Update(
          RulePrefix.read(members),
          CredentialArn.read(members),
          members.optional("customRoleArn", Shape.ROLE_ARN));
    }
  }

  /** All of them. */
  public List<Operation<?>> all() {
    return List.of(
        new RuleCreation(parts).operation(),
        new RuleDescription(parts.registry, parts.rules).operation(),
        Operation.forAdmins(
            "UpdatePullThroughCacheRule", Update::read, (caller, update) -> update(update)),
        Operation.forAdmins(
            "DeletePullThroughCacheRule", RulePrefix::read, (caller, prefix) -> delete(prefix)),
        Operation.forAdmins(
            "ValidatePullThroughCacheRule",
            RulePrefix::read,
            (caller, prefix) -> validate(prefix)));
  }

  private EcrAnswer update(Update update) {
    if (parts.rules.isFixed(update.prefix)) {
      return fixed(update.prefix);
    }
    return switch (CredentialLookup.of(update.credential, parts.credentials)) {
      case CredentialLookup.Unusable(var failed) -> failed;
      case CredentialLookup.Usable(var files) ->
          parts
              .rules
              .amend(update.prefix, rule -> changed(rule, update, files))
              .await()
              .<EcrAnswer>map(rule -> new Done(updated(rule)))
              .orElseGet(() -> parts.registry.ruleNotFound(update.prefix));
    };
  }

  /** What is not given stays as it is. */
  private StoredRule changed(StoredRule rule, Update update, List<String> files) {
    return rule.updated(
        update.credential.isPresent() ? files : rule.rule().credentials(),
        update.credential.map(CredentialArn::text).or(rule::credentialArn),
        update.customRole.or(rule::customRoleArn),
        parts.clock.instant());
  }

  private JsonObject updated(StoredRule rule) {
    JsonObject json = ShownRule.of(rule).fullJson(parts.registry);
    for (String untold : List.of("upstreamRegistryUrl", "createdAt", "upstreamRegistry")) {
      json.remove(untold);
    }
    return json;
  }

  private EcrAnswer delete(String prefix) {
    if (parts.rules.isFixed(prefix)) {
      return fixed(prefix);
    }
    return parts
        .rules
        .remove(prefix)
        .await()
        .<EcrAnswer>map(rule -> new Done(ShownRule.of(rule).json(parts.registry)))
        .orElseGet(() -> parts.registry.ruleNotFound(prefix));
  }

  private EcrAnswer validate(String prefix) {
    Optional<ShownRule> rule = ShownRule.find(parts.rules, prefix);
    if (rule.isEmpty()) {
      return parts.registry.ruleNotFound(prefix);
    }
    JsonObject json = rule.get().json(parts.registry);
    json.remove("createdAt");
    return new Done(
        switch (parts.validation.apply(prefix).await()) {
          case Validation.Valid _ -> json.put("isValid", true);
          case Validation.Invalid(var sentence) ->
              json.put("isValid", false).put("failure", sentence);
        });
  }

  private static Failed fixed(String prefix) {
    return new Failed(
        ErrorType.INVALID_PARAMETER,
        ("The pull through cache rule with prefix '%s' comes from the configuration file"
                + " and can be changed only there")
            .formatted(prefix));
  }
}
