package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.deploy.accept.HerdClient.Habit;
import dev.sluice.deploy.accept.HerdClient.Report;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The upstream of these tests, asked by the clients of these tests without a node between. */
class TestUpstreamTest {
  private static final GeneratedBlob BLOB = GeneratedBlob.of(5, 4_000_001);
  private static final String PATH = "/v2/team/app/blobs/" + BLOB.digest();

  @Test
  void aBlobArrivesWholeAtTheGivenPaceAndIsCounted() throws Exception {
    Pace pace = Pace.of(8_000_000);
    try (var upstream = TestUpstream.start(pace)) {
      upstream.publish("team/app", BLOB);

      Report report = download(upstream);

      assertThat(report.correct()).isTrue();
      assertThat(report.bytes()).isEqualTo(BLOB.size());
      assertThat(Duration.ofNanos(System.nanoTime() - pace.begunAt()))
          .isGreaterThan(Duration.ofMillis(450));
      assertThat(upstream.count("GET " + PATH)).isOne();
    }
  }

  @Test
  void aWrongByteIsNoticed() throws Exception {
    var other = new GeneratedBlob(6, BLOB.size(), BLOB.digest());
    try (var upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE))) {
      upstream.publish("team/app", other);

      assertThat(download(upstream).correct()).isFalse();
    }
  }

  @Test
  void aStoppedUpstreamAnswersNobodyUntilItResumes() throws Exception {
    try (var upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE))) {
      upstream.publish("team/app", BLOB);
      upstream.stop();
      assertThatThrownBy(() -> download(upstream)).isInstanceOf(IOException.class);
      upstream.resume();

      assertThat(download(upstream).correct()).isTrue();
    }
  }

  private static Report download(TestUpstream upstream) throws Exception {
    int port = URI.create(upstream.endpoint()).getPort();
    try (var download = RawDownload.request(port, PATH)) {
      return new HerdClient(Habit.HASHES, BLOB).follow(download);
    }
  }
}
