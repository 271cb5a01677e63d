package dev.sluice.deploy.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gateway.RequestLine;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of requests, from whoever ends one to the output. */
@Timeout(60)
class GatheredLinesTest {

  private static final long AT = 1_767_323_045_006L;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private static RequestLine line(String target, String principal, String trace, String came) {
    return new RequestLine(
        AT, "GET", target, 200, "10.0.0.7", principal, "hub", "hit", 9218, 1, "5b0c", trace, came);
  }

  private String written(boolean json, RequestLine... lines) {
    RequestLines requests = new RequestLines(() -> output, () -> json);
    List.of(lines).forEach(requests::take);
    requests.flush();
    return output.toString(UTF_8);
  }

  @Test
  void aLineForPeople() {
    assertThat(written(false, line("/v2/a", "ci", "", "")))
        .isEqualTo(
            "2026-01-02T03:04:05.006Z INFO  requests: GET /v2/a 200 client=10.0.0.7 principal=ci"
                + " rule=hub outcome=hit bytes=9218 ms=1 request=5b0c\n");
  }

  @Test
  void whatIsNotAlwaysThereStandsLast() {
    assertThat(written(false, line("/v2/a", "ci", "0af7", "/v2/b?ns=c")))
        .endsWith(" request=5b0c trace=0af7 came=/v2/b?ns=c\n");
  }

  @Test
  void aLineForMachines() throws Exception {
    JsonNode line = new ObjectMapper().readTree(written(true, line("/v2/a", "ci", "0af7", "/b")));
    assertThat(line.path("time").asText()).isEqualTo("2026-01-02T03:04:05.006Z");
    assertThat(line.path("level").asText()).isEqualTo("INFO");
    assertThat(line.path("logger").asText()).isEqualTo("sluice.requests");
    assertThat(line.path("message").asText()).isEqualTo("GET /v2/a 200");
    assertThat(line.path("bytes").isNumber()).isTrue();
    assertThat(line.path("bytes").asLong()).isEqualTo(9218);
    assertThat(line.path("ms").asLong()).isEqualTo(1);
    assertThat(line.path("trace").asText()).isEqualTo("0af7");
    assertThat(line.path("came").asText()).isEqualTo("/b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\nb", "a\"b\\c", "\u00e4\u4e0d\ud83d\ude00", "\u2028\u0000\u001b[2J", "a\u007f"})
  void whateverSomebodyIsCalledALineIsALine(String principal) throws Exception {
    String json = written(true, line("/v2/a", principal, "", ""));
    assertThat(json.lines()).hasSize(1);
    assertThat(new ObjectMapper().readTree(json).path("principal").asText()).isEqualTo(principal);

    output.reset();
    String plain = written(false, line("/v2/a", principal, "", ""));
    assertThat(plain.chars().filter(c -> c == '\n')).hasSize(1);
    assertThat(plain).doesNotContain("\u001b").doesNotContain("\u2028");
  }

  @Test
  void manyThreadsLoseNothingAndMixNothing() throws Exception {
    RequestLines requests = new RequestLines(() -> output, () -> false);
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Thread.ofPlatform()
                        .start(
                            () ->
                                IntStream.range(0, 500)
                                    .forEach(n -> requests.take(line("/v2/a", "p" + i, "", "")))))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    requests.flush();
    assertThat(output.toString(UTF_8).lines())
        .hasSize(4000)
        .allMatch(line -> line.endsWith(" request=5b0c"));
  }

  @Test
  void aLineComesWithoutBeingAskedFor() throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    OutputStream listening =
        new OutputStream() {
          @Override
          public void write(int one) {}

          @Override
          public void flush() {
            came.countDown();
          }
        };
    new RequestLines(() -> listening, () -> false).take(line("/v2/a", "ci", "", ""));
    came.await();
  }

  @Test
  void whoeverReadsTooSlowlyHoldsUpNobody() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch writes = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int one) {}

          @Override
          public void write(byte[] bytes, int offset, int length) {
            writes.countDown();
            try {
              read.await();
            } catch (InterruptedException ended) {
              Thread.currentThread().interrupt();
            }
            output.write(bytes, offset, length);
          }
        };
    RequestLines requests = new RequestLines(() -> stuck, () -> false);
    requests.take(line("/v2/a", "ci", "", ""));
    writes.await();

    String target = "/v2/" + "a".repeat(500);
    for (int i = 0; i < 20_000; i++) {
      requests.take(line(target, "ci", "", ""));
    }
    read.countDown();
    requests.flush();
    requests.flush();

    assertThat(output.size()).isBetween(1 << 20, 3 << 20);
    assertThat(output.toString(UTF_8)).endsWith("request=5b0c\n");
  }
}
