package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeRegistry;
import dev.sluice.fetcher.fake.Listener;
import dev.sluice.fetcher.fake.RecordedRequest;
import dev.sluice.fetcher.fake.TravelFaults;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stands in the single requests, and what of it goes along with a redirect. */
class UpstreamHttpTest {

  private final Vertx vertx = Vertx.vertx();
  private final UpstreamHttp http =
      new UpstreamHttp(vertx, new AddressGuard(a -> true), Resolver.SYSTEM, Deadlines.DEFAULT, 8);

  @AfterEach
  void close() {
    http.close();
    await(vertx.close());
  }

  @Test
  void anIpv6AddressStandsInBracketsInTheHostHeader() {
    AtomicReference<String> host = new AtomicReference<>();
    var server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  host.set(request.getHeader("Host"));
                  request.response().end("{}");
                });
    int port = await(server.listen(0, "::1")).actualPort();
    URI target = URI.create("http://[::1]:" + port + "/v2/");
    var response = await(http.send(HttpMethod.GET, target, RegistryClient.headers("*/*")));
    response.discard();
    assertThat(response.status()).isEqualTo(200);
    assertThat(host).hasValue("[::1]:" + port);
  }

  @Test
  void aStrangerSeesTheRangeAndNothingThatIsOurs() {
    try (FakeRegistry registry = FakeRegistry.start(vertx)) {
      follow(registry, registry.url(Listener.CDN) + "/cdn/x", "/v2/");
      RecordedRequest seen = registry.requests().getLast();
      assertThat(seen.listener()).isEqualTo(Listener.CDN);
      assertThat(seen.headers().fields())
          .extracting(field -> field.name().toLowerCase(Locale.ROOT))
          .containsExactlyInAnyOrder(
              "host", "accept", "accept-encoding", "user-agent", "range", "if-range");
      assertThat(seen.header("Range")).contains("bytes=7-");
      assertThat(seen.header("If-Range")).contains("\"tag\"");
    }
  }

  @Test
  void whoComesBackFromAStrangerHasNoCredentialAnyMore() {
    try (FakeRegistry registry = FakeRegistry.start(vertx)) {
      String home = registry.url() + "/v2/app/blobs/chosen-by-a-stranger";
      registry.onGet("^/cdn/x$").always(AnswerFaults.redirectTo(307, home));
      follow(registry, registry.url(Listener.CDN) + "/cdn/x", "/v2/");
      assertThat(registry.requests()).hasSize(3);
      assertThat(registry.requests())
          .extracting(request -> request.header("Authorization").isPresent())
          .containsExactly(true, false, false);
      assertThat(registry.requests().getLast().listener()).isEqualTo(Listener.REGISTRY);
    }
  }

  @Test
  void withinTheRegistryTheCredentialGoesAlong() {
    try (FakeRegistry registry = FakeRegistry.start(vertx)) {
      follow(registry, "/v2/other", "/v2/");
      assertThat(registry.requests())
          .extracting(request -> request.header("Authorization").isPresent())
          .containsExactly(true, true);
    }
  }

  @Test
  void aSmallBodyThatDragsKeepsItsConnectionForAMomentOnly() {
    try (FakeRegistry registry = FakeRegistry.start(vertx);
        UpstreamHttp narrow =
            new UpstreamHttp(
                vertx, new AddressGuard(a -> true), Resolver.SYSTEM, Deadlines.DEFAULT, 1)) {
      registry
          .onGet("/dragging$")
          .always(
              AnswerFaults.body("text/plain", Content.zeros(60_000))
                  .and(TravelFaults.trickle(1, Duration.ofMillis(100))));
      assertThat(statusOf(narrow, registry.url() + "/v2/dragging")).isEqualTo(200);
      assertThat(statusOf(narrow, registry.url() + "/v2/dragging")).isEqualTo(200);
      assertThat(statusOf(narrow, registry.url() + "/v2/")).isEqualTo(200);
    }
  }

  private static int statusOf(UpstreamHttp http, String target) {
    var response =
        await(http.send(HttpMethod.GET, URI.create(target), RegistryClient.headers("*/*")));
    response.discard();
    return response.status();
  }

  private void follow(FakeRegistry registry, String location, String path) {
    registry.onGet("^" + path + "$").once(AnswerFaults.redirectTo(307, location));
    URI start = URI.create(registry.url() + path);
    MultiMap headers =
        RegistryClient.headers("*/*")
            .addAll(
                Map.of(
                    "Authorization", "Bearer s3cret", "Range", "bytes=7-", "If-Range", "\"tag\""));
    Redirects redirects = new Redirects(http, Origin.of(start).orElseThrow());
    if (redirects.follow(HttpMethod.GET, start, headers)
        instanceof Got<UpstreamResponse>(var response)) {
      response.discard();
    }
  }
}
