package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.fullTemplate;
import static dev.sluice.metadata.Samples.template;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every form of {@link CreationTemplates} does. */
public abstract class CreationTemplatesContract {

  /** The store under test, empty at the start of each test. */
  protected abstract CreationTemplates templates();

  @Test
  void everyFieldIsKept() throws Exception {
    assertThat(Answers.of(templates().all())).isEmpty();
    assertThat(Answers.of(templates().create(fullTemplate("team")))).isTrue();
    Answers.of(templates().create(template("other")));

    assertThat(Answers.of(templates().all()))
        .containsExactly(template("other"), fullTemplate("team"));
  }

  @Test
  void ofTwoWithOnePrefixTheFirstStays() throws Exception {
    Answers.of(templates().create(fullTemplate("team")));

    assertThat(Answers.of(templates().create(template("team")))).isFalse();
    assertThat(Answers.of(templates().all())).containsExactly(fullTemplate("team"));
  }

  @Test
  void oneIsAmendedWhereThereIsOne() throws Exception {
    Answers.of(templates().create(fullTemplate("team")));

    assertThat(Answers.of(templates().amend("team", _ -> template("team"))))
        .contains(template("team"));
    assertThat(Answers.of(templates().amend("te", known -> known))).isEmpty();
    assertThat(Answers.of(templates().amend("never there", known -> known))).isEmpty();
    assertThat(Answers.of(templates().all())).containsExactly(template("team"));
  }

  @Test
  void prefixesThatBeginAlikeAreApart() throws Exception {
    for (String prefix : List.of(Rule.ROOT, "team/sub", "team")) {
      Answers.of(templates().create(template(prefix)));
    }

    assertThat(Answers.of(templates().remove("team"))).contains(template("team"));
    assertThat(Answers.of(templates().remove("team"))).isEmpty();
    assertThat(Answers.of(templates().all()))
        .containsExactly(template(Rule.ROOT), template("team/sub"));
  }

  @Test
  void aPrefixThatIsNoNameIsRefused() {
    for (String prefix : List.of("", "a/", "a b", "Root")) {
      assertThatThrownBy(() -> Answers.of(templates().create(template(prefix))))
          .as(prefix)
          .hasCauseInstanceOf(IllegalArgumentException.class);
    }
  }
}
