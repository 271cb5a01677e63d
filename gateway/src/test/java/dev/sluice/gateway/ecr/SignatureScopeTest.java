package dev.sluice.gateway.ecr;

import static dev.sluice.gateway.ecr.Judging.assertFailed;
import static dev.sluice.gateway.ecr.Judging.assertMismatch;
import static dev.sluice.gateway.ecr.Judging.judge;
import static dev.sluice.gateway.ecr.Judging.replace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose, for what, and when: what an Authorization header says of itself. */
class SignatureScopeTest {

  private static final String INVALID_TOKEN =
      "The security token included in the request is invalid.";

  @Test
  void anUnknownKeyIsRefused() {
    RecordedRequest request = RecordedRequest.accepted().getFirst();
    assertFailed(
        judge(request, "/", request.headers(), _ -> Optional.empty()),
        ErrorType.UNRECOGNIZED_CLIENT,
        INVALID_TOKEN);
  }

  @Test
  void sessionTokensAreNeverOurs() {
    for (RecordedRequest request : RecordedRequest.all()) {
      Optional<Failed> failed = judge(request, h -> h.set("X-Amz-Security-Token", "SESSIONTOK123"));
      assertFailed(failed, ErrorType.UNRECOGNIZED_CLIENT, INVALID_TOKEN);
    }
  }

  @Test
  void aRequestWithoutASignatureIsRefused() {
    assertFailed(
        judge(RecordedRequest.accepted().getFirst(), headers -> headers.remove("authorization")),
        ErrorType.MISSING_AUTHENTICATION_TOKEN,
        "Missing Authentication Token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic QVdTOng=",
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 ",
        "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/ecr/aws4_request, SignedHeaders=host",
        "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/ecr, SignedHeaders=host, Signature=%s",
        "AWS4-HMAC-SHA256 Credential=A/2026/us-east-1/ecr/aws4_request, SignedHeaders=host,"
            + " Signature=%s",
        "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/ecr/aws4_request, SignedHeaders=,"
            + " Signature=%s",
        "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/ecr/aws4_request, SignedHeaders=a;a,"
            + " Signature=%s",
        "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/ecr/aws4_request, SignedHeaders=b;a,"
            + " Signature=%s",
        "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/ecr/aws4_request, SignedHeaders=Host,"
            + " Signature=%s",
        "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/ecr/aws4_request, SignedHeaders=host,"
            + " Signature=abc",
        "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/ecr/aws4_request, SignedHeaders=host,"
            + " SignedHeaders=host, Signature=%s",
        "AWS4-HMAC-SHA256 Credential=A/20261123/us-east-1/ecr/aws4_request, SignedHeaders=host,"
            + " Signature=%s, More=1"
      })
  void whatIsNoSignatureIsRefused(String form) {
    String header = form.replace("%s", "0".repeat(64));
    Optional<Failed> failed =
        judge(
            RecordedRequest.accepted().getFirst(), headers -> headers.set("authorization", header));
    assertThat(failed).map(Failed::type).contains(ErrorType.INCOMPLETE_SIGNATURE);
  }

  @Test
  void twoAuthorizationsAreRefused() {
    Optional<Failed> failed =
        judge(
            RecordedRequest.accepted().getFirst(),
            h -> h.add("Authorization", h.get("authorization")));
    assertThat(failed).map(Failed::type).contains(ErrorType.INCOMPLETE_SIGNATURE);
  }

  @Test
  void blanksBehindCommasAreNotNeeded() {
    for (RecordedRequest request : RecordedRequest.accepted()) {
      assertThat(
              judge(
                  request, h -> h.set("Authorization", h.get("Authorization").replace(", ", ","))))
          .isEmpty();
    }
  }

  @Test
  void anotherServiceIsRefused() {
    assertFailed(
        judge(RecordedRequest.accepted().getFirst(), h -> replace(h, "/ecr/", "/s3/")),
        ErrorType.INVALID_SIGNATURE,
        "Credential should be scoped to correct service: 'ecr'.");
  }

  @Test
  void aScopeOfAnotherDayIsRefused() {
    assertFailed(
        judge(RecordedRequest.accepted().getFirst(), h -> replace(h, "/20261123/", "/20261124/")),
        ErrorType.INVALID_SIGNATURE,
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP");
  }

  @Test
  void aScopeOfAnotherRegionIsRefused() {
    assertMismatch(
        judge(
            RecordedRequest.accepted().getFirst(), h -> replace(h, "/us-east-1/", "/eu-west-3/")));
  }

  @Test
  void aMovedDateIsRefused() {
    RecordedRequest request = RecordedRequest.accepted().getFirst();
    assertMismatch(judge(request, headers -> headers.set("x-amz-date", "20261123T162554Z")));
    for (String odd : List.of("", "2026-11-23T16:25:53Z", "20261123T162553", "20261123T246161Z")) {
      Optional<Failed> failed = judge(request, headers -> headers.set("x-amz-date", odd));
      assertThat(failed).map(Failed::type).contains(ErrorType.INCOMPLETE_SIGNATURE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT5M1S, expired",
    "-PT5M1S, not yet current",
    "PT24H, expired",
    "-PT24H, not yet current"
  })
  void aClockTooFarAwayIsRefused(Duration later, String word) {
    RecordedRequest request = RecordedRequest.accepted().getFirst();
    Optional<Failed> failed = judge(request, request.headers(), request.body(), later);
    assertThat(failed).map(Failed::type).contains(ErrorType.INVALID_SIGNATURE);
    assertThat(failed.orElseThrow().message())
        .startsWith("Signature " + word + ": 20261123T162553Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT5M", "PT5M0.999S", "-PT5M", "PT0.5S", "-PT4M59S"})
  void fiveMinutesAreAllowed(Duration later) {
    RecordedRequest request = RecordedRequest.accepted().getFirst();
    assertThat(judge(request, request.headers(), request.body(), later)).isEmpty();
  }

  @Test
  void skewIsToldInTheWordsOfAws() {
    SigningTime time = SigningTime.parse("20240522T115159Z").orElseThrow();
    assertThat(time.objection(Instant.parse("2024-05-22T12:10:19Z")))
        .contains(
            "Signature expired: 20240522T115159Z is now earlier than 20240522T120519Z"
                + " (20240522T121019Z - 5 min.)");
    assertThat(time.objection(Instant.parse("2024-05-22T11:40:00.5Z")))
        .contains(
            "Signature not yet current: 20240522T115159Z is still later than 20240522T114500Z"
                + " (20240522T114000Z + 5 min.)");
  }
}
