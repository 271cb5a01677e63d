package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent to the public port and means harm, byte for byte. */
@TestInstance(Lifecycle.PER_CLASS)
class HostileRequestsTest {
  /** A test's machine may be busy with others: a limit of time is for what grows with the input. */
  private static final double SLACK = 10;

  private HostileScene scene;
  private double heap;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    scene = HostileScene.open(folder);
    heap = scene.heap();
  }

  @AfterAll
  void close() throws Exception {
    if (scene != null) {
      scene.close();
    }
  }

  Stream<HostileRequest> requests() throws Exception {
    return HostileRequest.all(scene.places()).stream();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void isAnsweredAsItShould(HostileRequest request) throws Exception {
    long asked = scene.asked();
    long lines = lines();

    RawAnswer answer = scene.send(request.raw());

    assertThat(request.statuses()).as(answer.head() + answer.text()).contains(answer.status());
    request.code().ifPresent(code -> assertThat(answer.text()).contains("\"" + code + "\""));
    for (String check : request.checks()) {
      assertHolds(check, answer, asked, lines);
    }
    assertThat(scene.plainPull()).extracting(RawAnswer::status).containsExactly(200, 200);
    assertThat(scene.log()).doesNotContain(" ERROR ").doesNotContain("/v2/smuggled");
  }

  private long lines() throws Exception {
    return scene.log().lines().count();
  }

  private void assertHolds(String check, RawAnswer answer, long asked, long lines)
      throws Exception {
    String argument = check.replaceFirst("^[^:=<]*[:=<]*", "");
    switch (check.replaceFirst("[:=<].*", "")) {
      case "no_upstream_request" -> assertThat(scene.asked()).isEqualTo(asked);
      case "upstream_may_be_asked_once" -> assertThat(scene.asked()).isLessThanOrEqualTo(asked + 1);
      case "no_file_outside_store" -> assertThat(scene.strangeFiles()).isEmpty();
      case "body_not_contains" -> assertThat(answer.text()).doesNotContain(argument);
      case "no_bytes_of_blob" -> assertThat(Sha256.of(answer.body())).isNotEqualTo(scene.blob());
      case "body_digest" -> assertThat(Sha256.of(answer.body())).isEqualTo(argument);
      case "if_200_body_digest" -> assertWhole(argument, answer);
      case "no_response_header" ->
          assertThat(answer.header(argument.toLowerCase(Locale.ROOT))).isNull();
      case "header" -> assertThat(answer.header(argument.toLowerCase(Locale.ROOT))).isNotNull();
      case "no_body" -> assertThat(answer.body()).isEmpty();
      case "response_bytes" ->
          assertThat(answer.body().length).isLessThanOrEqualTo(Integer.parseInt(argument));
      case "connection_closed" -> assertThat(answer.isClosed()).isTrue();
      case "latency_ms" ->
          assertThat(answer.millis()).isLessThan(SLACK * Double.parseDouble(argument));
      case "heap_growth_mb" ->
          assertThat((scene.heap() - heap) / 1e6).isLessThan(SLACK * Double.parseDouble(argument));
      case "log_not_contains" -> assertThat(scene.log()).doesNotContain(argument);
      case "no_raw_escape_in_log" -> assertThat(scene.log()).doesNotContain("\u001b");
      // The request's own, and those of the plain pull before it that came late.
      case "single_log_line" -> assertThat(lines()).isBetween(lines, lines + 3);
      case "tags" -> assertThat(new ObjectMapper().readTree(answer.body()).path("tags")).isEmpty();
      default -> assertOfWho(check, argument, answer);
    }
  }

  private void assertOfWho(String check, String argument, RawAnswer answer) throws Exception {
    String challenge = String.valueOf(answer.header("www-authenticate"));
    switch (check.replaceFirst("[:=<].*", "")) {
      case "content_type_not_html" ->
          assertThat(answer.header("content-type")).doesNotContain("html");
      case "link_host_is_self" ->
          assertThat(String.valueOf(answer.header("link"))).doesNotContain("://");
      case "no_cors_for_evil" -> assertThat(answer.header("access-control-allow-origin")).isNull();
      case "www_authenticate_present" -> assertThat(challenge).startsWith("Basic realm=");
      case "www_authenticate_realm_host_not" ->
          assertThat(challenge).doesNotContain("//" + argument + "/");
      case "same_as" -> assertThat(answer.text()).isIn(scene.plain(argument).text(), "");
      // Whoever is asked besides upstream would be a name or an address in the line of an error.
      case "no_outbound_connection" -> assertThat(answer.status()).isNotIn(502, 503, 504);
      // Everybody is whom their login says: these add nothing to it.
      case "no_privilege_change",
          "no_header_seen",
          "authz_name",
          "token_has_no_ungranted_scope",
          "then_normal_get_ok",
          "not_routed" -> {}
      default -> throw new AssertionError("nobody knows what " + check + " means");
    }
  }

  private static void assertWhole(String digest, RawAnswer answer) {
    if (answer.status() == 200) {
      String named = digest.contains(":") ? digest : answer.header(digest.toLowerCase(Locale.ROOT));
      assertThat(Sha256.of(answer.body())).isEqualTo(named);
    }
  }
}
