package dev.sluice.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLogTest {

  @ParameterizedTest
  @ValueSource(strings = {"/v2/a/manifests/latest", "/v2/a/tags/list?n=1&last=%0d%0a", "/~{|}"})
  void printablePathsStandAsTheyCame(String uri) {
    assertThat(RequestLog.printable(uri)).isEqualTo(uri);
  }

  @ParameterizedTest
  @CsvSource({"'/a\nb', /a?b", "'/a\u001b[2J', /a?[2J", "/a\u0000b, /a?b", "'/a b', /a?b"})
  void whatCouldForgeALineIsReplaced(String uri, String printed) {
    assertThat(RequestLog.printable(uri)).isEqualTo(printed);
  }

  @Test
  void otherCharactersAreReplacedOneByOne() {
    assertThat(RequestLog.printable("/\\\u007f\u00e4\u4e0d\r\t")).isEqualTo("/??????");
  }

  @Test
  void aMethodThatNobodyKnowsIsLeftOut() {
    assertThat(RequestLog.method(HttpMethod.DELETE)).isEqualTo("DELETE");
    assertThat(RequestLog.method(HttpMethod.valueOf("M".repeat(3000)))).isEqualTo("-");
  }

  @Test
  void longOnesAreCut() {
    assertThat(RequestLog.printable("/" + "a".repeat(5000))).hasSize(512);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://user:secret@host/v2/", "user:secret@host:443", "*"})
  void whatIsNoPathMayHoldAPasswordAndIsLeftOut(String uri) {
    assertThat(RequestLog.printable(uri)).isEqualTo("-");
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/a/blobs/sha256:0?ticket=s3cret, /v2/a/blobs/sha256:0?...",
    "/v2/a/blobs/sha256:0?ns=x&%74icket=s3cret, /v2/a/blobs/sha256:0?...",
    "/v2/a/blobs/sha256:0?a;ticket=s3cret, /v2/a/blobs/sha256:0?...",
    "/v2/a/blobs?ticket=s3cret, /v2/a/blobs?..."
  })
  void aTicketIsLeftOut(String uri, String printed) {
    assertThat(RequestLog.printable(uri)).isEqualTo(printed);
  }
}
