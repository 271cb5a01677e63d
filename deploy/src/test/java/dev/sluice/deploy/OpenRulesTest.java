package dev.sluice.deploy;

import static dev.sluice.deploy.SampleRules.closed;
import static dev.sluice.deploy.SampleRules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenRulesTest {

  @TempDir private Path data;
  private RuleTable inForce = new RuleTable(List.of());
  private ClosedPrefixes prefixes;
  private OpenRules open;

  @BeforeEach
  void start() throws IOException {
    open = started();
  }

  private OpenRules started(String... forEverybody) throws IOException {
    prefixes = ClosedPrefixes.open(data, Set.of(forEverybody), Runnable::run);
    return new OpenRules(() -> inForce, prefixes);
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
  void norWhereNobodyAskedWhileTheRuleWasThere() {
    use(closed("priv"));
    use(rule("open"));

    assertClosed("priv/app");
    assertOpen("open/app");
  }

  @Test
  void theLongestPrefixDecidesWhateverIsAboveIt() {
    use(closed("a"), rule("a/b"), closed("a/b/c"), rule("a/b/c/d"));

    assertClosed("a/x", "a/bc", "a/b/c/x");
    assertOpen("a", "a/b/x", "a/b/c/d/x", "ab/x");
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
    RuleTable next = new RuleTable(List.of(rules));
    assertThat(prefixes.close(next).succeeded()).isTrue();
    inForce = next;
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
}
