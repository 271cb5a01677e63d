package dev.sluice.gateway.ecr.lifecycle;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Shape;
import dev.sluice.metadata.LifecyclePolicy;
import dev.sluice.metadata.LifecyclePolicy.Parsed;
import java.util.Optional;

/**
 * A lifecycle policy.
 *
 * @param text as it was put
 * @param policy what it says
 */
record PolicyText(String text, LifecyclePolicy policy) {

  static final String MEMBER = "lifecyclePolicyText";

  /** Of a request; empty where it has none or, which is noted, a wrong one. */
  static Optional<PolicyText> read(Members members) {
    Optional<String> text = members.optional(MEMBER, Shape.LIFECYCLE_POLICY);
    return text.flatMap(
        present ->
            switch (LifecyclePolicy.parse(present)) {
              case Parsed.Policy(var policy) -> Optional.of(new PolicyText(present, policy));
              case Parsed.Mistake(var message) -> {
                members.note(
                    Failed.invalid(
                        "LifecyclePolicyText", "Lifecycle policy validation failure: " + message));
                yield Optional.empty();
              }
            });
  }

  /** Of a repository; empty where it has none, or one that cannot be read any more. */
  static Optional<PolicyText> kept(Optional<String> text) {
    return text.flatMap(
        present ->
            LifecyclePolicy.parse(present) instanceof Parsed.Policy(var policy)
                ? Optional.of(new PolicyText(present, policy))
                : Optional.empty());
  }
}
