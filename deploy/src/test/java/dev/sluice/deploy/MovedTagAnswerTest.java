package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.CheckAnswer;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.gateway.GatewayVerticle;
import dev.sluice.gateway.access.AccessList;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.access.OpenRepositories;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.gateway.registry.AnswerMemory;
import dev.sluice.gateway.registry.Redirects;
import dev.sluice.gateway.registry.RegistryEdge;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateway and fetcher together: what a check finds is what the next client is told. */
class MovedTagAnswerTest {

  @TempDir Path folder;
  @AutoClose private Bench bench;
  @AutoClose private final HttpClient client = HttpClient.newHttpClient();
  private URI latest;

  @BeforeEach
  void listen() throws Exception {
    bench = new Bench(folder);
    AnswerMemory memory = new AnswerMemory();
    bench.changes.tell(memory);
    AccessList list = AccessList.of(Anonymous.PULL, List.of(), List.of());
    PullAccess everybody =
        PullAccess.of(bench.clock, () -> list, OpenRepositories.ALL, URI.create("http://x"));
    RegistryEdge edge =
        new RegistryEdge(
            new RegistryEdge.Parts(
                bench.fetcher,
                bench.blobs,
                memory,
                everybody,
                bench.clock,
                new NodeMetrics(bench.clock),
                Redirects.NONE,
                RegistryEdge.Telling.NOTHING));
    GatewayVerticle gateway = new GatewayVerticle("127.0.0.1", 0, edge::handle);
    bench
        .vertx
        .deployVerticle(gateway)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    latest = URI.create("http://127.0.0.1:" + gateway.port() + "/v2/up/app/manifests/latest");
  }

  @Test
  void aTagThatACheckFindsMovedIsAnsweredAnewThoughItsPageWasUsableForADay() throws Exception {
    FakeImage first = bench.registry.image("app", "latest").push();
    assertAnswers(first);
    FakeImage second = bench.registry.image("app", "latest").layer(10).push();
    assertAnswers(first);

    assertThat(bench.check("up/app", "latest")).isInstanceOf(CheckAnswer.Moved.class);

    assertAnswers(second);
  }

  private void assertAnswers(FakeImage image) throws Exception {
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(latest).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Docker-Content-Digest"))
        .contains(image.digest().toString());
  }
}
