package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenRulesTest {

  private static final Policies POLICIES =
      new Policies(
          new CheckIntervals(Duration.ofHours(1)),
          Duration.ofSeconds(1),
          Policies.OnDeleted.SERVE,
          new Platforms.All());

  @TempDir private Path data;
  private volatile RuleTable inForce = new RuleTable(List.of());
  private OpenRules open;

  @BeforeEach
  void start() throws IOException {
    open = started();
  }

  private OpenRules started(String... forEverybody) throws IOException {
    ClosedPrefixes closed = ClosedPrefixes.open(data, Runnable::run);
    return new OpenRules(() -> inForce, Set.of(forEverybody), closed);
  }

  @Test
  void aRuleWithACredentialIsClosed() {
    use(rule("open"), closed("priv"), closed("open/priv"), rule("priv/open"));

    assertThat(open.isEverything()).isFalse();
    assertOpen("open/app", "priv/open/app", "nowhere/app");
    assertClosed("priv/app", "open/priv/app");
  }

  @Test
  void itIsOpenWhereTheFileLendsTheCredentialToEverybody() throws IOException {
    open = started("priv");
    use(closed("priv"));

    assertThat(open.isEverything()).isTrue();
    assertOpen("priv/app");
  }

  @Test
  void whereNoRuleHasACredentialEverythingIsOpen() {
    use(rule("open"));

    assertThat(open.isEverything()).isTrue();
    assertOpen("open/app", "nowhere/app");
    use();
    assertOpen("open/app");
  }

  @Test
  void whatWasPulledWithACredentialDoesNotOpenWhenItsRuleGoes() {
    use(closed("priv"), rule("open"));
    assertClosed("priv/app");

    use(rule("open"));
    assertClosed("priv/app");
    use(rule("open"), rule(Rule.ROOT));
    assertClosed("priv/app");
    use(rule("open"), rule("priv"));
    assertClosed("priv/app");
    assertThat(open.isEverything()).isFalse();
    assertOpen("open/app", "privy/app");
  }

  @Test
  void aWiderRuleThatWasClosedDoesNotCloseANarrowerOpenOne() {
    use(closed(Rule.ROOT), rule("open"));
    assertOpen("open/app");
    assertClosed("any/app");

    use(rule("open"));
    assertOpen("open/app");
    assertClosed("any/app");
  }

  @Test
  void aRestartDoesNotOpenItEither() throws IOException {
    use(closed("priv"));
    assertClosed("priv/app");

    use();
    open = started();
    assertClosed("priv/app");
    open = started("priv");
    use(closed("priv"));
    assertOpen("priv/app");
  }

  private void use(Rule... rules) {
    inForce = new RuleTable(List.of(rules));
  }

  private void assertOpen(String... repositories) {
    for (String repository : repositories) {
      assertThat(open.includes(new RepositoryName(repository))).as(repository).isTrue();
    }
  }

  private void assertClosed(String... repositories) {
    for (String repository : repositories) {
      assertThat(open.includes(new RepositoryName(repository))).as(repository).isFalse();
    }
  }

  private static Rule rule(String prefix) {
    return new Rule(prefix, "up.example", POLICIES);
  }

  private static Rule closed(String prefix) {
    List<String> login = List.of("login");
    return new Rule(
        prefix, "up.example", Optional.empty(), Optional.empty(), login, List.of(), POLICIES);
  }
}
