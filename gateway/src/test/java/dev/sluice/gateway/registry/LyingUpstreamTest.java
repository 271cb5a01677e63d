package dev.sluice.gateway.registry;

import static dev.sluice.fetcher.fake.AnswerFaults.contentDigest;
import static dev.sluice.fetcher.fake.AnswerFaults.contentType;
import static dev.sluice.fetcher.fake.AnswerFaults.header;
import static dev.sluice.fetcher.fake.AnswerFaults.status;
import static dev.sluice.fetcher.fake.AnswerFaults.tooManyRequests;
import static dev.sluice.fetcher.fake.FakeRegistry.MANIFESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.MediaTypes;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.WholeGateway;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a lying upstream says in headers reaches no client: every header of ours is our own. */
class LyingUpstreamTest {

  private static final String LIE = "lie-of-upstream";
  private static final String TAG = "/v2/up/app/manifests/latest";
  private static final String TAGS = "/v2/up/app/tags/list";

  /** All that we ever answer with. */
  private static final Set<String> OURS =
      Set.of(
          "accept-ranges",
          "age",
          "cache-control",
          "connection",
          "content-length",
          "content-type",
          "date",
          "docker-content-digest",
          "docker-distribution-api-version",
          "etag",
          "link",
          "oci-namespace",
          "retry-after",
          "warning",
          "x-cache",
          "x-request-id",
          "x-content-type-options");

  @TempDir Path folder;
  @AutoClose private WholeGateway gateway;
  private FakeImage image;

  @BeforeEach
  void open() {
    gateway = new WholeGateway(folder);
    image = gateway.upstream().image("app", "latest").layer(1000).push();
  }

  static Stream<Arguments> heads() {
    return Stream.of(
        arguments("cookies and more", additions()),
        arguments("a digest by another algorithm", contentDigest(sha512OfNothing())),
        arguments("another type than the body's", contentType(MediaTypes.OCI.index())),
        arguments("a type with parameters", contentType(MediaTypes.OCI.manifest() + "; x=" + LIE)),
        arguments("a length of no use", TravelFaults.chunked()));
  }

  private static Fault additions() {
    return header("Set-Cookie", "session=" + LIE)
        .and(header("Server", LIE))
        .and(header("Via", "1.1 " + LIE))
        .and(header("X-Powered-By", LIE))
        .and(header("WWW-Authenticate", "Bearer realm=\"http://127.0.0.1/" + LIE + '"'))
        .and(header("Location", "http://127.0.0.1/" + LIE))
        .and(header("Cache-Control", "max-age=1, " + LIE))
        .and(header("ETag", '"' + LIE + '"'));
  }

  private static String sha512OfNothing() {
    return Digest.of(Digest.Algorithm.SHA512, Digest.Algorithm.SHA512.hasher()).toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("heads")
  void whateverIsAnsweredHasHeadersOfOurOwn(String name, Fault fault) throws IOException {
    gateway.upstream().onAny("/v2/").always(fault);
    for (String target : List.of(TAG, "/v2/up/app/blobs/" + image.layer(0), TAGS)) {
      assertIsOurs(gateway.ask("GET", target));
    }
  }

  @Test
  void aManifestHasTheTypeOfItsBodyAndTheDigestThatWeComputed() throws IOException {
    gateway
        .upstream()
        .onAny(MANIFESTS)
        .always(contentType(MediaTypes.OCI.index() + "; x=y").and(header("ETag", "\"" + LIE)));
    Reply reply = gateway.ask("GET", TAG);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo(MediaTypes.OCI.manifest());
    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(image.digest().toString());
    assertThat(reply.header("ETag")).isEqualTo('"' + image.digest().toString() + '"');
    assertThat(reply.body().getBytes()).isEqualTo(image.bytes().toBytes());
    assertIsOurs(reply);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments(contentDigest("sha256:a\u0001" + LIE), 503, true),
        arguments(contentDigest("sha256:" + "0".repeat(64)), 503, true),
        arguments(contentDigest(LIE), 503, true),
        arguments(AnswerFaults.html(), 503, true),
        arguments(status(500), 503, true),
        arguments(status(304), 503, true),
        arguments(status(401).and(additions()), 503, true),
        arguments(tooManyRequests(LIE), 429, true),
        arguments(tooManyRequests("99999999999"), 429, true),
        arguments(status(403).and(additions()), 403, false),
        arguments(status(404).and(additions()), 404, false),
        arguments(status(410).and(additions()), 404, false),
        arguments(TravelFaults.garbage("\0\1" + LIE + "\r\n\r\n"), 503, true));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalIsOfOurOwnWordsAndSaysWhenToComeBack(Fault fault, int status, boolean passes)
      throws IOException {
    gateway.upstream().onAny(MANIFESTS).always(fault);
    Reply reply = gateway.ask("GET", TAG);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.errorCode()).matches("[A-Z_]+");
    assertThat(reply.header("Docker-Content-Digest")).isNull();
    if (passes) {
      assertThat(Long.parseLong(reply.header("Retry-After"))).isBetween(1L, 3600L);
    } else {
      assertThat(reply.header("Retry-After")).isNull();
    }
    assertIsOurs(reply);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aStaleAnswerSaysSoInOurOwnWords(Fault fault, int status, boolean passes) throws IOException {
    gateway.ask("GET", TAG);
    gateway.advance(Duration.ofDays(1));
    gateway.upstream().image("app", "latest").layer(7).push();
    gateway.upstream().onAny(MANIFESTS).always(fault);
    Reply reply = gateway.ask("GET", TAG);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("X-Cache")).isEqualTo("stale");
    assertThat(reply.header("Warning")).startsWith("299 - \"");
    assertThat(reply.header("Docker-Content-Digest")).isEqualTo(image.digest().toString());
    assertIsOurs(reply);
  }

  private static void assertIsOurs(Reply reply) {
    assertThat(OURS).containsAll(reply.headers().keySet());
    assertThat(reply.headers().toString()).matches("[\\x20-\\x7e]+").doesNotContain(LIE);
    assertThat(reply.text()).doesNotContain(LIE);
  }
}
