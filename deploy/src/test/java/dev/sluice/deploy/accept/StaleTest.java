package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client is told about where its answer comes from. */
class StaleTest {
  private static final String MANIFEST = "/v2/quick/team/app/manifests/latest";

  @TempDir Path folder;

  @Test
  void anAnswerThatCouldNotBeCheckedSaysSoAndIsTheLastKnownImage() throws Exception {
    try (var upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE))) {
      upstream.publish("team/app", GeneratedBlob.of(7, 1000));
      var rule = new RuleConfig("quick", "quick.registry.test", upstream.endpoint(), "1s");
      try (var node = SluiceNode.start(NodeConfig.of(folder.resolve("data"), rule))) {
        HttpResponse<byte[]> first = node.get(MANIFEST);
        assertThat(first.statusCode()).as(node.log()).isEqualTo(200);
        assertThat(cacheOf(first)).isEqualTo("miss");
        upstream.stop();

        Await.until(
            "a stale answer",
            Duration.ofSeconds(20),
            () -> cacheOf(node.get(MANIFEST)).equals("stale"));

        HttpResponse<byte[]> stale = node.get(MANIFEST);
        assertThat(stale.statusCode()).isEqualTo(200);
        assertThat(stale.body()).isEqualTo(first.body());
        assertThat(stale.headers().firstValue("Warning").orElse("")).startsWith("299");
      }
    }
  }

  private static String cacheOf(HttpResponse<?> answer) {
    return answer.headers().firstValue("X-Cache").orElse("");
  }
}
