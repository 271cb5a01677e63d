package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.DEFAULTS;
import static dev.sluice.metadata.Samples.fullRule;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {

  @ParameterizedTest
  @CsvSource({
    "quay,       quay.io,              ,            quay/app,                  app",
    "quay,       quay.io,              ,            quay/org/app,              org/app",
    "a/b,        quay.io,              ,            a/b/c/d,                   c/d",
    "quay,       quay.io,              team,        quay/app,                  team/app",
    "quay,       quay.io,              team/sub,    quay/org/app,              team/sub/org/app",
    "ROOT,       quay.io,              ,            org/app,                   org/app",
    "ROOT,       quay.io,              team,        app,                       team/app",
    "quay,       quay.io,              ROOT,        quay/org/app,              org/app",
    "docker-hub, registry-1.docker.io, ,            docker-hub/alpine,         library/alpine",
    "docker-hub, registry-1.docker.io, ,            docker-hub/library/alpine, library/alpine",
    "docker-hub, registry-1.docker.io, ,            docker-hub/grafana/loki,   grafana/loki",
    "docker-hub, docker.io,            ,            docker-hub/alpine,         library/alpine",
    "docker-hub, index.docker.io,      ,            docker-hub/alpine,         library/alpine",
    "docker-hub, registry-1.docker.io, grafana,     docker-hub/loki,           grafana/loki",
    "ROOT,       registry-1.docker.io, ,            alpine,                    library/alpine",
    "quay,       quay.io,              ,            quay/quay/app,             quay/app",
  })
  void theUpstreamHasItsOwnName(
      String prefix, String upstream, String upstreamPrefix, String ours, String theirs) {
    Rule rule =
        new Rule(
            prefix,
            upstream,
            Optional.ofNullable(upstreamPrefix),
            Optional.empty(),
            List.of(),
            List.of(),
            DEFAULTS);

    assertThat(rule.upstreamName(repository(ours))).isEqualTo(theirs);
  }

  @Test
  void theAddressIsTheUpstreamOverTlsUnlessAnEndpointIsGiven() {
    assertThat(rule("quay", "quay.io").address()).isEqualTo(URI.create("https://quay.io"));
    assertThat(rule("own", "registry.example.com:8443").address())
        .isEqualTo(URI.create("https://registry.example.com:8443"));
    assertThat(fullRule("own").address()).isEqualTo(URI.create("http://127.0.0.1:5555"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"registry-1.docker.io", "docker.io", "index.docker.io"})
  void dockerHubIsReachedAtItsRegistryByWhateverName(String upstream) {
    assertThat(rule("docker-hub", upstream).address())
        .isEqualTo(URI.create("https://registry-1.docker.io"));
  }

  @Test
  void theLongestPrefixWins() {
    Rule team = rule("team", "a.example.com");
    Rule below = rule("team/sub", "b.example.com");
    Rule root = rule(Rule.ROOT, "c.example.com");
    for (List<Rule> order : List.of(List.of(root, team, below), List.of(below, team, root))) {
      RuleTable table = new RuleTable(order);

      assertThat(table.match(repository("team/sub/app"))).contains(below);
      assertThat(table.match(repository("team/app"))).contains(team);
      assertThat(table.match(repository("team/subway/app"))).contains(team);
      assertThat(table.match(repository("team/sub"))).contains(team);
    }
  }

  @Test
  void aPrefixMatchesWholeComponentsOnly() {
    RuleTable table = new RuleTable(List.of(rule("quay", "quay.io")));

    assertThat(table.match(repository("quay/app"))).isPresent();
    assertThat(table.match(repository("quay"))).isEmpty();
    assertThat(table.match(repository("quays/app"))).isEmpty();
    assertThat(table.match(repository("quay-x/app"))).isEmpty();
    assertThat(table.match(repository("my/quay/app"))).isEmpty();
  }

  @Test
  void rootMatchesWhatNoOtherRuleDoes() {
    Rule root = rule(Rule.ROOT, "registry-1.docker.io");
    Rule shortest = rule("a", "quay.io");
    RuleTable table = new RuleTable(List.of(root, shortest));

    assertThat(table.match(repository("a/app"))).contains(shortest);
    assertThat(table.match(repository("a"))).contains(root);
    assertThat(table.match(repository("b/app"))).contains(root);
    assertThat(table.rules()).containsExactly(shortest, root);
  }

  @Test
  void withoutARuleNothingMatches() {
    assertThat(new RuleTable(List.of()).match(repository("a/b"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io,            true",
    "Index.Docker.io,      true",
    "registry-1.docker.io, true",
    "docker.io:443,        false",
    "quay.io,              false"
  })
  void aRuleIsForItsRegistryByAnyOfItsNames(String host, boolean isFor) {
    assertThat(rule("hub", "docker.io").isFor(host)).isEqualTo(isFor);
  }

  @Test
  void ofSeveralRulesOfARegistryTheWidestPullsThenTheShortest() {
    Rule root = rule(Rule.ROOT, "quay.io");
    Rule wide = rule("quay", "quay.io");
    Rule other = rule("quay-2", "quay.io");
    Rule team = withUpstreamPrefix("t", "team");
    Rule app = withUpstreamPrefix("t-app", "team/app");
    RuleTable table = new RuleTable(List.of(root, other, wide, team, app));

    assertThat(table.pulling("quay.io", "team/app/x")).contains(wide);
    assertThat(new RuleTable(List.of(root, team)).pulling("quay.io", "team/x")).contains(root);
    assertThat(new RuleTable(List.of(team, app)).pulling("quay.io", "team/app/x")).contains(app);
    assertThat(new RuleTable(List.of(team, app)).pulling("quay.io", "team/apple")).contains(team);
    assertThat(new RuleTable(List.of(team, app)).pulling("quay.io", "teams/x")).isEmpty();
    assertThat(table.pulling("ghcr.io", "team/app/x")).isEmpty();
  }

  private static Rule withUpstreamPrefix(String prefix, String upstreamPrefix) {
    return new Rule(
        prefix,
        "quay.io",
        Optional.of(upstreamPrefix),
        Optional.empty(),
        List.of(),
        List.of(),
        DEFAULTS);
  }
}
