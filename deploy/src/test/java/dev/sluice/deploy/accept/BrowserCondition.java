package dev.sluice.deploy.accept;

import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whether this machine has a browser, and a client that pulls while one looks. */
final class BrowserCondition implements ExecutionCondition {
  private static final List<String> PROGRAMS = List.of(Chromium.PROGRAM, "skopeo");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return ClientsCondition.verdict(ClientsCondition.notOnPath(PROGRAMS));
  }
}
