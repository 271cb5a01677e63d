package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.config.RedirectConfig;
import dev.sluice.fetcher.upstream.AddressRange;
import dev.sluice.gateway.registry.Redirects;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RedirectedClientsTest {

  private static final RedirectConfig NEAR =
      new RedirectConfig(false, List.of(AddressRange.parse("10.0.0.0/8").orElseThrow()));

  private RuleTable inForce = new RuleTable(List.of(rule("near", true), rule("here", false)));
  private final Redirects redirects = new RedirectedClients(() -> inForce, NEAR);

  private static Rule rule(String prefix, boolean redirect) {
    Rule rule = SampleRules.rule(prefix);
    return rule.with(rule.policies().withRedirect(redirect));
  }

  private boolean allows(String repository, String client) {
    return redirects.allow(new RepositoryName(repository), client);
  }

  @Test
  void theRuleAndTheNetworkDecide() {
    assertThat(allows("near/app", "10.1.2.3")).isTrue();
    assertThat(allows("near/app", "127.0.0.1")).isFalse();
    assertThat(allows("here/app", "10.1.2.3")).isFalse();
    assertThat(allows("nowhere/app", "10.1.2.3")).isFalse();
  }

  @Test
  void theRuleInForceCounts() {
    inForce = new RuleTable(List.of(rule("near", false)));

    assertThat(allows("near/app", "10.1.2.3")).isFalse();
  }
}
