package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.DEFAULTS;
import static dev.sluice.metadata.Samples.fullStored;
import static dev.sluice.metadata.Samples.rule;
import static dev.sluice.metadata.Samples.stored;
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
    Answers.of(rules().create(fullStored("example")));

    assertThat(Answers.of(rules().all())).containsExactly(fullStored("example"));
  }

  @Test
  void everyPolicyOnPlatformsIsKept() throws Exception {
    List<StoredRule> all =
        List.of(
            with("a", new Platforms.All()),
            with("b", new Platforms.Requested()),
            with("c", new Platforms.Only(List.of())),
            with("d", new Platforms.Only(List.of(new Platform("windows", "amd64", "")))));
    for (StoredRule rule : all) {
      Answers.of(rules().create(rule));
    }

    assertThat(Answers.of(rules().all())).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void ofTwoRulesWithOnePrefixTheFirstStays() throws Exception {
    assertThat(Answers.of(rules().create(fullStored("example")))).isTrue();
    assertThat(Answers.of(rules().create(stored("example", "quay.io")))).isFalse();

    assertThat(Answers.of(rules().all())).containsExactly(fullStored("example"));
  }

  @Test
  void aRuleIsAmendedWhereThereIsOne() throws Exception {
    Answers.of(rules().create(fullStored("example")));

    assertThat(Answers.of(rules().amend("example", _ -> stored("example", "quay.io"))))
        .contains(stored("example", "quay.io"));
    assertThat(Answers.of(rules().amend("never there", known -> known))).isEmpty();
    assertThat(Answers.of(rules().all())).containsExactly(stored("example", "quay.io"));
  }

  @Test
  void prefixesThatBeginAlikeAreApart() throws Exception {
    StoredRule root = stored(Rule.ROOT, "registry-1.docker.io");
    StoredRule team = stored("team", "quay.io");
    StoredRule below = stored("team/sub", "ghcr.io");
    for (StoredRule rule : List.of(root, team, below)) {
      Answers.of(rules().create(rule));
    }
    Answers.of(rules().remove("team"));

    assertThat(Answers.of(rules().all())).containsExactlyInAnyOrder(root, below);
  }

  @Test
  void removingSaysWhatTheRuleWas() throws Exception {
    Answers.of(rules().create(stored("quay", "quay.io")));

    assertThat(Answers.of(rules().remove("quay"))).contains(stored("quay", "quay.io"));
    assertThat(Answers.of(rules().remove("quay"))).isEmpty();
    assertThat(Answers.of(rules().remove("never there"))).isEmpty();
    assertThat(Answers.of(rules().all())).isEmpty();
  }

  @Test
  void aRuleWhosePrefixIsNoNameIsRefused() throws Exception {
    for (String prefix : List.of("", "a/", "/a", "a b", "Root", "a".repeat(256))) {
      assertThatThrownBy(() -> Answers.of(rules().create(stored(prefix, "quay.io"))))
          .as(prefix)
          .hasCauseInstanceOf(IllegalArgumentException.class);
    }
    assertThat(Answers.of(rules().all())).isEmpty();
  }

  private static StoredRule with(String prefix, Platforms platforms) {
    return stored(rule(prefix, "quay.io").with(DEFAULTS.with(platforms)));
  }
}
