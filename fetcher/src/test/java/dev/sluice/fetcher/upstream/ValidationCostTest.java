package dev.sluice.fetcher.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a look after a rule leaves behind: nothing. */
class ValidationCostTest {

  @TempDir Path folder;

  @Test
  void aRateLimitHoldsNoConnection() {
    try (Bench bench = new Bench(folder, BenchOptions.plain().credential("ann", "s3cret"))) {
      bench.use(bench.rule("up", Bench.POLICIES, List.of("login")));
      bench
          .registry
          .onGet("^/v2/$")
          .once(AnswerFaults.status(401).and(AnswerFaults.header("WWW-Authenticate", "Basic")))
          .once(AnswerFaults.tooManyRequests("60").and(AnswerFaults.endless()));
      assertThat(bench.validate("up").sentence()).contains("limits the rate just now");
      bench.registry.awaitIdle();
    }
  }
}
