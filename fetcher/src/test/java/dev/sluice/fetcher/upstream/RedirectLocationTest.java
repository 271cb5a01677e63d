package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.pull.Answers;
import dev.sluice.fetcher.pull.Bench;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@code Location} must not look like. */
class RedirectLocationTest {

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage image;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    image = bench.registry.image("app", "latest").layer(1000).push();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "gopher://127.0.0.1/",
        "http:///nohost",
        "http://ann:pw@127.0.0.1/x",
        "http://a b/",
        "http://@127.0.0.1/x",
        "//127.0.0.1/x",
        "/\\127.0.0.1/x",
        "http:\\\\127.0.0.1/x",
        "http://2130706433/x",
        "http://0x7f000001/x",
        "http://0177.0.0.1/x",
        "http://127.1/x",
        "http://[fe80::1%25lo]/x",
        "http://127.0.0.1:99999/",
        "\\\\127.0.0.1\\x",
        "://",
        ""
      })
  void aLocationThatIsNoPlaceForUsIsNotFollowed(String location) {
    bench.registry.onGet(BLOBS).once(AnswerFaults.redirectTo(307, location));
    assertThat(refused().reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void aLocationOfManyKilobytesIsNotFollowed() {
    String location = bench.registry.url() + "/x?" + "a".repeat((6 << 10) + 1);
    bench.registry.onGet(BLOBS).once(AnswerFaults.redirectTo(307, location));
    assertThat(refused().message()).contains("redirects to where we do not go");
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void aLocationThatBreaksTheLineSaysNothingMore() {
    String split = "/x\r\nSet-Cookie: a=b\r\nLocation: http://127.0.0.1:1/";
    bench.registry.onGet(BLOBS).once(AnswerFaults.redirectTo(307, split));
    assertThat(refused().reason()).isEqualTo(Reason.BLOB_UNKNOWN);
    assertThat(bench.registry.requests())
        .hasSize(2)
        .allSatisfy(request -> assertThat(request.header("Cookie")).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1\r/x", "http://127.0.0.1/\u0000", "/\u007f"})
  void aControlCharacterSpoilsTheAnswer(String location) {
    bench.registry.onGet(BLOBS).always(AnswerFaults.redirectTo(307, location));
    assertThat(refused().reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(bench.registry.requests())
        .allSatisfy(request -> assertThat(request.path()).isEqualTo(image.layerPath(0)));
  }

  private Refused refused() {
    return Answers.refused(bench.blob("up/app", image.layer(0), false));
  }
}
