package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.FetchMetrics;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules come and go while a node runs; what is kept for their upstreams goes with them. */
class UpstreamsTest {

  @TempDir Path folder;
  @AutoClose private Bench bench;
  @AutoClose private Upstreams upstreams;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    upstreams = new Upstreams(bench.vertx, Clock.systemUTC(), bench.outside, FetchMetrics.NONE);
  }

  private List<Rule> rules(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> bench.rule("up", Bench.POLICIES, List.of("key" + i)))
        .toList();
  }

  @Test
  void thoseOfRulesOutOfForceAreDropped() {
    List<Rule> all = rules(50);
    all.forEach(upstreams::of);
    assertThat(upstreams.size()).isEqualTo(50);
    Upstream kept = upstreams.of(all.get(7));

    upstreams.keepTo(() -> new RuleTable(all.subList(7, 9)));

    assertThat(upstreams.size()).isEqualTo(2);
    assertThat(upstreams.of(all.get(7))).isSameAs(kept);
  }

  @Test
  void workThatGoesOnUnderOldRulesKeepsNoneOfThem() {
    List<Rule> all = rules(50);
    upstreams.keepTo(() -> new RuleTable(all.subList(0, 1)));

    all.forEach(upstreams::of);

    assertThat(upstreams.size()).isEqualTo(1);
  }

  @Test
  void theirConnectionsAreClosed() {
    Promise<Void> closed = Promise.promise();
    HttpServer server =
        bench
            .vertx
            .createHttpServer()
            .connectionHandler(connection -> connection.closeHandler(_ -> closed.complete()))
            .requestHandler(request -> request.response().setStatusCode(404).end());
    int port = await(server.listen(0, "127.0.0.1")).actualPort();
    Rule rule =
        new Rule(
            "other",
            "registry.example",
            Optional.empty(),
            Optional.of(URI.create("http://127.0.0.1:" + port)),
            List.of(),
            List.of(),
            Bench.POLICIES);
    bench.use(bench.rule("up", Bench.POLICIES), rule);
    bench.refused("other/app", "latest");
    assertThat(closed.future().isComplete()).isFalse();

    bench.use(bench.rule("up", Bench.POLICIES));
    bench.refused("up/app", "latest");

    await(closed.future());
  }
}
