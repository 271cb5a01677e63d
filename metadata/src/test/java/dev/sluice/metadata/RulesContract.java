package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.DEFAULTS;
import static dev.sluice.metadata.Samples.fullRule;
import static dev.sluice.metadata.Samples.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every form of {@link Rules} does. */
public abstract class RulesContract {

  /** The store under test, empty at the start of each test. */
  protected abstract Rules rules();

  @Test
  void thereAreNoRulesAtFirst() throws Exception {
    assertThat(Answers.of(rules().all())).isEmpty();
  }

  @Test
  void everyFieldOfARuleIsKept() throws Exception {
    Answers.of(rules().put(fullRule("example")));

    assertThat(Answers.of(rules().all())).containsExactly(fullRule("example"));
  }

  @Test
  void everyPolicyOnPlatformsIsKept() throws Exception {
    List<Rule> all =
        List.of(
            with("a", new Platforms.All()),
            with("b", new Platforms.Requested()),
            with("c", new Platforms.Only(List.of())),
            with("d", new Platforms.Only(List.of(new Platform("windows", "amd64", "")))));
    for (Rule rule : all) {
      Answers.of(rules().put(rule));
    }

    assertThat(Answers.of(rules().all())).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void aRuleTakesThePlaceOfOneWithTheSamePrefix() throws Exception {
    Answers.of(rules().put(fullRule("example")));
    Answers.of(rules().put(rule("example", "quay.io")));

    assertThat(Answers.of(rules().all())).containsExactly(rule("example", "quay.io"));
  }

  @Test
  void prefixesThatBeginAlikeAreApart() throws Exception {
    Rule root = rule(Rule.ROOT, "registry-1.docker.io");
    Rule team = rule("team", "quay.io");
    Rule below = rule("team/sub", "ghcr.io");
    for (Rule rule : List.of(root, team, below)) {
      Answers.of(rules().put(rule));
    }
    Answers.of(rules().remove("team"));

    assertThat(Answers.of(rules().all())).containsExactlyInAnyOrder(root, below);
  }

  @Test
  void removingSaysWhetherThereWasARule() throws Exception {
    Answers.of(rules().put(rule("quay", "quay.io")));

    assertThat(Answers.of(rules().remove("quay"))).isTrue();
    assertThat(Answers.of(rules().remove("quay"))).isFalse();
    assertThat(Answers.of(rules().remove("never there"))).isFalse();
    assertThat(Answers.of(rules().all())).isEmpty();
  }

  @Test
  void aRuleWhosePrefixIsNoNameIsRefused() throws Exception {
    for (String prefix : List.of("", "a/", "/a", "a b", "Root", "a".repeat(256))) {
      assertThatThrownBy(() -> Answers.of(rules().put(rule(prefix, "quay.io"))))
          .as(prefix)
          .hasCauseInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Answers.of(rules().all())).isEmpty();
  }

  private static Rule with(String prefix, Platforms platforms) {
    return rule(prefix, "quay.io").with(DEFAULTS.with(platforms));
  }
}
