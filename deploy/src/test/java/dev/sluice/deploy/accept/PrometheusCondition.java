package dev.sluice.deploy.accept;

import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whether this machine has what looks at metrics. */
final class PrometheusCondition implements ExecutionCondition {
  private static final List<String> PROGRAMS = List.of("prometheus", "promtool");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return ClientsCondition.verdict(ClientsCondition.notOnPath(PROGRAMS));
  }
}
