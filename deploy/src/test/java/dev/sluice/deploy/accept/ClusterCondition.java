package dev.sluice.deploy.accept;

import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whether this machine has what a cluster stands on. */
final class ClusterCondition implements ExecutionCondition {
  private static final List<String> PROGRAMS = List.of("redis-server", "redis-cli", "haproxy");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return ClientsCondition.verdict(ClientsCondition.notOnPath(PROGRAMS));
  }
}
