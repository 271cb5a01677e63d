package dev.sluice.fetcher.fake;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Proves that the fake sees everything, and holds what it is told to hold. */
class FakeRecordingTest {
  @AutoClose private final Stage stage = new Stage();
  private final FakeRegistry registry = stage.registry;
  private final Browser browser = stage.browser;

  @Test
  void everyRequestIsRecordedWithItsHeadersAndBytes() throws IOException {
    FakeImage image = registry.image("app", "latest").layer(300_000).push();
    browser.get(registry.url() + "/v2/app/manifests/latest?ns=docker.io", "Accept", "a/b");
    browser.get(registry.url() + image.layerPath(0));

    assertThat(registry.count("GET", BLOBS)).isEqualTo(1);
    assertThat(registry.count("HEAD", BLOBS)).isZero();
    RecordedRequest first = registry.requests("GET", MANIFESTS).getFirst();
    assertThat(first.query()).isEqualTo("ns=docker.io");
    assertThat(first.header("accept")).hasValue("a/b");
    assertThat(registry.requests("GET", BLOBS).getFirst().bytesSent()).isEqualTo(300_000);
    registry.awaitIdle();
    registry.forgetRequests();
    assertThat(registry.requests()).isEmpty();
  }

  @Test
  void aGateHoldsAnswersUntilTheyAreReleased() {
    FakeImage image = registry.image("app").layer(1000).push();
    String url = registry.url() + image.layerPath(0);
    Gate gate = registry.onGet(BLOBS).holdAt(400);
    var answers = Stream.generate(() -> browser.getLater(url)).limit(3).toList();

    gate.awaitHeld(3);
    registry.awaitRequest(3, "GET", BLOBS);
    assertThat(registry.requests()).allMatch(r -> r.bytesSent() == 400 && !r.finished());
    gate.releaseOne();
    CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new)).join();
    assertThat(gate.held()).isEqualTo(2);
    gate.release();
    assertThat(answers).allMatch(answer -> answer.join().body().length == 1000);
    assertThat(registry.maxInFlight()).isEqualTo(3);
  }

  @Test
  void requestsOneAfterTheOtherAreNeverInFlightTogether() throws IOException {
    FakeImage image = registry.image("app").layer(1000).push();
    for (int i = 0; i < 50; i++) {
      try (Browser fresh = new Browser()) {
        fresh.get(registry.url() + image.layerPath(0));
      }
    }
    assertThat(registry.maxInFlight("GET", BLOBS)).isEqualTo(1);
    assertThat(registry.connections()).isEqualTo(50);
  }

  @Test
  void closingEndsAnswersThatAreHeld() {
    FakeRegistry other = FakeRegistry.start(stage.vertx);
    FakeImage image = other.image("app").layer(10).push();
    Gate gate = other.onGet(BLOBS).holdHeaders();
    var answer = browser.getLater(other.url() + image.layerPath(0));
    gate.awaitHeld(1);
    other.close();
    assertThat(answer.handle((_, failure) -> failure).join()).isNotNull();
    other.awaitIdle();
  }

  @Test
  void waitingForWhatNeverComesFailsAndTellsWhatCame() throws IOException {
    browser.get(registry.url() + "/v2/");
    assertThatThrownBy(() -> registry.awaitRequest("GET", BLOBS, Duration.ofMillis(50)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("GET /v2/");
  }

  @Test
  void aGateHoldsWhatOtherScriptsMadeOfTheAnswer() {
    FakeImage image = registry.image("app").layer(10).push();
    Gate gate = registry.onGet(BLOBS).holdHeaders();
    registry.onGet(BLOBS).once(AnswerFaults.status(503));
    var answer = browser.getLater(registry.url() + image.layerPath(0));
    gate.awaitHeld(1);
    assertThat(answer).isNotDone();
    gate.release();
    assertThat(answer.join().statusCode()).isEqualTo(503);
  }
}
