package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.PullLimit;
import dev.sluice.fetcher.upstream.Credential;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several credentials of one rule. */
class CredentialTurnsTest {

  private static final int LIMIT = 10;

  @TempDir Path folder;
  @AutoClose private Bench bench;

  @Test
  void areUsedInTurnAndWhenOneIsUsedUpTheOtherGoesOn() {
    var logins = Map.of("a", new Credential("ann", "1"), "b", new Credential("bob", "2"));
    bench = new Bench(folder, BenchOptions.plain().credentials(logins));
    bench.use(bench.rule("up", Bench.POLICIES, List.of("a", "b")));
    PullLimit limit = new PullLimit(LIMIT, 600);
    bench.registry.onAny(MANIFESTS).always(limit.withLogins());
    for (int i = 0; i < 2 * LIMIT; i++) {
      bench.registry.image("app", "t" + i).layer(10 + i).push();
    }

    for (int i = 0; i < LIMIT; i++) {
      bench.found("up/app", "t" + i);
    }
    assertThat(limit.asked(basic("ann:1"))).isBetween(4, 6);
    assertThat(limit.asked(basic("bob:2"))).isBetween(4, 6);

    for (int i = LIMIT; i < 2 * LIMIT; i++) {
      bench.found("up/app", "t" + i);
    }
    assertThat(bench.refused("up/app", "one-more").reason()).isEqualTo(Reason.TOO_MANY_REQUESTS);
    assertThat(limit.asked(basic("ann:1"))).isEqualTo(LIMIT + 1);
    assertThat(limit.asked(basic("bob:2"))).isEqualTo(LIMIT + 1);
  }

  /** Two that are of no use, for different reasons, and one that is. */
  @Test
  void oneThatIsOfNoUseLeavesTheQuestionToTheNext() {
    var logins = Map.of("b", new Credential("bob", "old"), "c", new Credential("cid", "3"));
    bench = new Bench(folder, BenchOptions.plain().credentials(logins));
    bench.use(bench.rule("up", Bench.POLICIES, List.of("unreadable", "b", "c")));
    bench.registry.requireBasic("cid", "3");
    for (int i = 0; i < 20; i++) {
      bench.registry.image("app", "t" + i).layer(10 + i).push();
      bench.found("up/app", "t" + i);
    }
    // One challenge, one refusal of bob; who was of no use a moment ago is not tried again.
    assertThat(bench.registry.count("GET", MANIFESTS)).isLessThanOrEqualTo(20 + 3);
  }

  private static String basic(String pair) {
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }
}
