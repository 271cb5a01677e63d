package dev.sluice.deploy.accept;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that needs buildkitd and buildctl, which Debian does not have: skipped without them. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresBuildKit.Condition.class)
@interface RequiresBuildKit {

  /** Whether both are on the path. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      List<String> missing = ClientsCondition.notOnPath(List.of("buildkitd", "buildctl"));
      return missing.isEmpty()
          ? ConditionEvaluationResult.enabled("both are here")
          : ConditionEvaluationResult.disabled("missing: " + missing);
    }
  }
}
