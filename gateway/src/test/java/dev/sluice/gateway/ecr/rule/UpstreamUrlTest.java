package dev.sluice.gateway.ecr.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamUrlTest {

  @ParameterizedTest
  @CsvSource({
    "registry-1.docker.io, registry-1.docker.io",
    "Public.ECR.aws, public.ecr.aws",
    "https://quay.io, quay.io",
    "HTTPS://quay.io, quay.io",
    "http://quay.io, quay.io",
    "harbor.example.com:8443, harbor.example.com:8443",
    "registry:5000, registry:5000",
    "8.8.8.8, 8.8.8.8",
    "10.0.0.5:5000, 10.0.0.5:5000",
    "[2606:4700::1]:443, [2606:4700::1]:443",
    "https://127.0.0.1:5000, 127.0.0.1:5000",
    "http://8.8.8.8, 8.8.8.8"
  })
  void registriesAreAskedByHttps(String text, String upstream) {
    UpstreamUrl url = UpstreamUrl.parse(text).orElseThrow();
    assertThat(url.upstream()).isEqualTo(upstream);
    assertThat(url.endpoint()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, http://localhost",
    "localhost:5000, http://localhost:5000",
    "127.0.0.1:5000, http://127.0.0.1:5000",
    "http://127.9.9.9:1, http://127.9.9.9:1",
    "[::1]:5000, http://[::1]:5000",
    "http://10.0.0.5:5000, http://10.0.0.5:5000",
    "http://192.168.1.1, http://192.168.1.1",
    "http://[fd00::1]:5000, http://[fd00::1]:5000"
  })
  void thoseOfThisMachineAndOfTheHouseMayBeAskedInClear(String text, String endpoint) {
    assertThat(UpstreamUrl.parse(text).orElseThrow().endpoint()).contains(URI.create(endpoint));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "docker-hub",
        "localhost.",
        "quay.io.",
        ".quay.io",
        "quay..io",
        "-quay.io",
        "quay-.io",
        "quay_io.com",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.1",
        "256.0.0.1",
        "2130706433:80",
        "0x7f000001:80",
        "0x7f.0.0.1",
        "[::ffff:127.0.0.1]",
        "[::1%lo]",
        "[fe80::1%1]:80",
        "[127.0.0.1]",
        "[]:80",
        "::1",
        "[::1",
        "user@quay.io",
        "user:pass@quay.io",
        "quay.io/x",
        "quay.io/",
        "https://quay.io/",
        "quay.io?x",
        "quay.io#x",
        "quay.io\\x",
        "quay.io:0",
        "quay.io:080",
        "quay.io:65536",
        "quay.io:",
        "quay.io:x",
        "a:b:80",
        "ftp://quay.io",
        "https://https://quay.io",
        "//quay.io",
        " quay.io",
        "quay.io\r\nX: y",
        "quay.io\u0000.evil",
        "\u24dbocalhost",
        "\u212aquay.io",
        "quay\u3002io"
      })
  void whatIsNoRegistryIsRefused(String text) {
    assertThat(UpstreamUrl.parse(text)).isEmpty();
  }

  @Test
  void lengthsAreBounded() {
    String name = ("a".repeat(62) + '.').repeat(4);
    assertThat(UpstreamUrl.parse(name + "io")).isPresent();
    assertThat(UpstreamUrl.parse(name + "io.io")).isEmpty();
    assertThat(UpstreamUrl.parse("a".repeat(64) + ".io")).isEmpty();
    assertThat(UpstreamUrl.parse("-".repeat(100_000))).isEmpty();
  }
}
