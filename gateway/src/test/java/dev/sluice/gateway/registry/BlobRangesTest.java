package dev.sluice.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Provenance;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.storage.BlobLocation.Stored;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobRangesTest {

  private static final byte[] BYTES = Samples.bytes(2048);

  @AutoClose private final LiveGateway gateway = new LiveGateway();
  private final Stored blob = gateway.offer(BYTES, Provenance.HIT);
  private final String path = Samples.blobPath(blob.digest());

  @ParameterizedTest
  @CsvSource({
    "bytes=0-, 0, 2047",
    "bytes=0-0, 0, 0",
    "bytes=500-, 500, 2047",
    "bytes=-500, 1548, 2047",
    "bytes=100-199, 100, 199",
    "bytes=2047-9999, 2047, 2047"
  })
  void aPartIsAnswered(String range, int first, int last) throws IOException {
    Reply reply = gateway.ask("GET", path, "Range: " + range);

    assertThat(reply.status()).isEqualTo(206);
    assertThat(reply.header("Content-Range")).isEqualTo("bytes " + first + '-' + last + "/2048");
    assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(last - first + 1));
    assertThat(reply.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(blob.digest().toString());
    assertThat(reply.header("ETag")).isEqualTo('"' + blob.digest().toString() + '"');
    assertThat(reply.body().getBytes()).isEqualTo(Arrays.copyOfRange(BYTES, first, last + 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=2048-",
        "bytes=5000-10000",
        "bytes=-0",
        "bytes=0-9,20-29",
        "bytes=0-,0-,0-"
      })
  void whatCannotBeAnsweredIsRefusedWithTheSize(String range) throws IOException {
    Reply reply = gateway.ask("GET", path, "Range: " + range);

    assertThat(reply.status()).isEqualTo(416);
    assertThat(reply.header("Content-Range")).isEqualTo("bytes */2048");
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.errorCode()).isEqualTo("RANGE_INVALID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=", "bytes=abc-def", "lines=1-2", "bytes=9-5"})
  void whatIsNoRangeIsIgnored(String range) throws IOException {
    Reply reply = gateway.ask("GET", path, "Range: " + range);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Range")).isNull();
    assertThat(reply.body().getBytes()).isEqualTo(BYTES);
  }

  @Test
  void aRangeCountsForGetOnly() throws IOException {
    Reply reply = gateway.ask("HEAD", path, "Range: bytes=0-0");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Length")).isEqualTo("2048");
    assertThat(reply.header("Content-Range")).isNull();
  }

  @Test
  void aRangeCountsIfTheBytesAreTheVerySame() throws IOException {
    String etag = '"' + blob.digest().toString() + '"';

    assertThat(ifRange(etag).status()).isEqualTo(206);
    assertThat(ifRange("\"other\"").status()).isEqualTo(200);
    assertThat(ifRange("W/" + etag).status()).isEqualTo(200);
    assertThat(ifRange("Sun, 01 Mar 2026 12:00:00 GMT").status()).isEqualTo(200);
  }

  private Reply ifRange(String condition) throws IOException {
    return gateway.ask("GET", path, "Range: bytes=0-9", "If-Range: " + condition);
  }
}
