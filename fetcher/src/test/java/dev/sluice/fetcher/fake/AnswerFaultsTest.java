package dev.sluice.fetcher.fake;

import static dev.sluice.fetcher.fake.AnswerFaults.bytesOf;
import static dev.sluice.fetcher.fake.AnswerFaults.contentDigest;
import static dev.sluice.fetcher.fake.AnswerFaults.contentRange;
import static dev.sluice.fetcher.fake.AnswerFaults.contentType;
import static dev.sluice.fetcher.fake.AnswerFaults.empty;
import static dev.sluice.fetcher.fake.AnswerFaults.endless;
import static dev.sluice.fetcher.fake.AnswerFaults.extraHeader;
import static dev.sluice.fetcher.fake.AnswerFaults.flipBitAt;
import static dev.sluice.fetcher.fake.AnswerFaults.gzip;
import static dev.sluice.fetcher.fake.AnswerFaults.header;
import static dev.sluice.fetcher.fake.AnswerFaults.html;
import static dev.sluice.fetcher.fake.AnswerFaults.lengthAndChunks;
import static dev.sluice.fetcher.fake.AnswerFaults.manyHeaders;
import static dev.sluice.fetcher.fake.AnswerFaults.resizedTo;
import static dev.sluice.fetcher.fake.AnswerFaults.status;
import static dev.sluice.fetcher.fake.AnswerFaults.tooManyRequests;
import static dev.sluice.fetcher.fake.AnswerFaults.withoutHeader;
import static dev.sluice.fetcher.fake.FakeRegistry.BLOBS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proves each fault of the answer, and the order in which scripts play. */
class AnswerFaultsTest {
  private static final int SIZE = 100_000;

  @AutoClose private final Stage stage = new Stage();
  private final FakeRegistry registry = stage.registry;
  private final Content layer = Content.seeded(5, SIZE);
  private final FakeImage image = registry.image("app").layer(layer).layer(50).push();
  private final String blob = registry.url() + image.layerPath(0);

  @ParameterizedTest
  @ValueSource(ints = {204, 304, 401, 403, 404, 410, 429, 500, 502, 503})
  void anyStatusCanBeGiven(int status) throws IOException {
    assertThat(ask(status(status)).statusCode()).isEqualTo(status);
    assertThat(stage.browser.get(blob).statusCode()).isEqualTo(200);
  }

  @Test
  void tooManyRequestsSaysWhenToComeBack() throws IOException {
    var answer = ask(tooManyRequests("Wed, 01 Jan 2099 00:00:00 GMT"));
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).get().asString().contains("2099");
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("TOOMANYREQUESTS");
  }

  @Test
  void oneBitCanBeWrong() throws IOException {
    byte[] expected = layer.toBytes();
    expected[70_000] ^= 1;
    assertThat(ask(flipBitAt(70_000)).body()).isEqualTo(expected);
  }

  @Test
  void otherBytesCanCome() throws IOException {
    assertThat(ask(html()).headers().firstValue("Content-Type")).hasValue("text/html");
    assertThat(ask(empty()).body()).isEmpty();
    var other = ask(bytesOf(image.layer(1)));
    assertThat(other.body()).hasSize(50);
    assertThat(other.headers().firstValue("Docker-Content-Digest"))
        .hasValue(image.layer(0).toString());
  }

  @Test
  void theSizeCanDifferFromTheDescriptors() throws IOException {
    assertThat(ask(resizedTo(SIZE - 1)).body()).hasSize(SIZE - 1);
    var longer = ask(resizedTo(SIZE + 9));
    assertThat(longer.headers().firstValueAsLong("Content-Length")).hasValue(SIZE + 9);
    assertThat(longer.body()).hasSize(SIZE + 9).startsWith(layer.toBytes());
  }

  @Test
  void aBodyCanBeEndless() throws IOException {
    registry.onGet(BLOBS).once(endless());
    try (var body = URI.create(blob).toURL().openStream()) {
      assertThat(body.readNBytes(20_000_000)).hasSize(20_000_000);
    }
    registry.awaitIdle();
  }

  @Test
  void aBodyCanBeCompressed() throws IOException {
    var answer = ask(gzip());
    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    try (var plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(plain.readAllBytes()).isEqualTo(layer.toBytes());
    }
  }

  @Test
  void headersCanLie() throws IOException {
    var answer =
        ask(
            contentType("text/plain; charset=utf-8")
                .and(contentDigest("sha256:nonsense"))
                .and(header("Set-Cookie", "a=b"))
                .and(withoutHeader("ETag")));
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(answer.headers().firstValue("Docker-Content-Digest")).hasValue("sha256:nonsense");
    assertThat(answer.headers().firstValue("Set-Cookie")).hasValue("a=b");
    assertThat(answer.headers().firstValue("ETag")).isEmpty();
    var range = ask(contentRange("bytes 5-9/10"));
    assertThat(range.statusCode()).isEqualTo(206);
    assertThat(range.headers().firstValue("Content-Range")).hasValue("bytes 5-9/10");
  }

  @Test
  void headsCanBeMalformed() throws IOException {
    registry
        .onGet(BLOBS)
        .once(extraHeader("Content-Length", "1").and(extraHeader("Content-Length", "2")))
        .once(lengthAndChunks(5))
        .once(contentDigest("sha256:a\u0001b"))
        .once(manyHeaders(100_000));
    String two = RawClient.get(blob).text();
    assertThat(two).contains("Content-Length: 1\r\n").contains("Content-Length: 2\r\n");
    String both = RawClient.get(blob).text();
    assertThat(both).contains("Content-Length: 5\r\n").contains("Transfer-Encoding: chunked\r\n");
    assertThat(RawClient.getUntilSilence(blob).text())
        .contains("Docker-Content-Digest: sha256:a\u0001b\r\n");
    assertThat(RawClient.getUntilSilence(blob).text()).contains("X-Fake-99999: x\r\n");
  }

  @Test
  void theStepsOfAScriptFollowEachOther() throws IOException {
    registry.onGet(BLOBS).once(status(500)).normally(1).times(2, status(503));
    assertThat(statuses(5)).containsExactly(500, 200, 503, 503, 200);
  }

  @Test
  void scriptsFlapAndAreForgotten() throws IOException {
    registry.onGet(BLOBS).everySecond(status(503));
    assertThat(statuses(4)).containsExactly(503, 200, 503, 200);
    registry.behave();
    assertThat(statuses(1)).containsExactly(200);
  }

  @Test
  void scriptsConcernTheirMethodAndPathOnly() throws IOException {
    registry.onHead(BLOBS).always(status(500));
    registry.onAny("/manifests/").always(status(404));
    assertThat(stage.browser.get(blob).statusCode()).isEqualTo(200);
    assertThat(stage.browser.head(blob).statusCode()).isEqualTo(500);
    assertThat(stage.browser.get(registry.url() + image.manifestPath()).statusCode())
        .isEqualTo(404);
  }

  private List<Integer> statuses(int count) {
    return Stream.generate(() -> stage.browser.getLater(blob).join().statusCode())
        .limit(count)
        .toList();
  }

  private HttpResponse<byte[]> ask(Fault fault) throws IOException {
    registry.onGet(BLOBS).once(fault);
    return stage.browser.get(blob);
  }
}
