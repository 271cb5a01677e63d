package dev.sluice.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Provenance;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a connection ends, and which protocols it speaks. */
class ConnectionEndsTest {

  private static final byte[] BYTES = Samples.bytes(200_000);

  @AutoClose private final LiveGateway gateway = new LiveGateway();
  private final String path = Samples.blobPath(gateway.offer(BYTES, Provenance.HIT).digest());

  @ParameterizedTest
  @CsvSource({
    "GET, 400, 'Content-Length: 5\r\n\r\nhello'",
    "HEAD, 400, 'Content-Length: 5\r\n\r\nhello'",
    "GET, 400, 'Content-Length: 1073741824\r\n\r\n'",
    "GET, 400, 'Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'",
    "POST, 400, 'Content-Length: 5\r\n\r\nhello'",
    "POST, 400, 'Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\n'"
  })
  void whatFollowsABodyIsNotRead(String method, int status, String rest) throws Exception {
    assertNothingFollows(method + " /v2/", status, rest);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT /v2/a/manifests/b, 405, 'Content-Length: 5\r\n\r\nhello'",
    "PUT /v2/a/manifests/b, 405, 'Content-Length: 1073741824\r\n\r\n'",
    "PATCH /v2/a/blobs/uploads/1, 405, 'Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'"
  })
  void whatFollowsAPushIsNotRead(String asked, int status, String rest) throws Exception {
    assertNothingFollows(asked, status, rest);
  }

  private void assertNothingFollows(String asked, int status, String rest) throws Exception {
    String next = "GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\n";
    try (Wire wire = gateway.connect()) {
      String method = asked.substring(0, asked.indexOf(' '));
      wire.sendRaw(method, asked + " HTTP/1.1\r\nHost: x\r\n" + rest + next);

      Reply reply = wire.reply();
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.header("Connection")).isEqualTo("close");
      assertThat(wire.ends()).isTrue();
    }
    assertThat(gateway.counted().next().operation()).isEqualTo("malformed");
    gateway.ask("GET", "/v2/a/tags/list");
    assertThat(gateway.counted().next().operation()).isEqualTo("tags");
  }

  @Test
  void whoAsksToCloseIsClosed() throws IOException {
    try (Wire wire = gateway.connect()) {
      assertWhole(wire.ask("GET", path, "Connection: close"));
      assertThat(wire.ends()).isTrue();
    }
  }

  @Test
  void theOldVersionOfTheProtocolGetsWholeBlobsToo() throws IOException {
    try (Wire wire = gateway.connect()) {
      assertWhole(wire.sendRaw("GET", "GET " + path + " HTTP/1.0\r\n\r\n").reply());
      assertThat(wire.ends()).isTrue();
    }
  }

  @Test
  void theNextVersionOfTheProtocolIsNotSpokenInClear() throws IOException {
    try (Wire wire = gateway.connect()) {
      Reply reply =
          wire.ask(
              "GET",
              "/v2/",
              "Connection: Upgrade, HTTP2-Settings",
              "Upgrade: h2c",
              "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA");
      assertThat(reply.status()).isEqualTo(200);
    }
  }

  private static void assertWhole(Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().getBytes()).isEqualTo(BYTES);
  }
}
