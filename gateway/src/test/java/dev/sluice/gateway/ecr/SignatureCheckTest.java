package dev.sluice.gateway.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.SignatureCheck.Verdict.Claimed;
import dev.sluice.gateway.ecr.SignatureCheck.Verdict.Refused;
import io.vertx.core.MultiMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {

  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";
  private static final String INVALID_TOKEN =
      "The security token included in the request is invalid.";

  static List<RecordedRequest> requests() {
    return RecordedRequest.all();
  }

  /** Those that our server lets in. */
  static List<RecordedRequest> accepted() {
    return RecordedRequest.all().stream().filter(request -> !request.hasSessionToken()).toList();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void theSignatureIsThatOfTheRealClient(RecordedRequest request) {
    SignedAuthorization authorization =
        SignedAuthorization.parse(request.headers().get("authorization")).orElseThrow();
    Map<String, String> signed = new TreeMap<>();
    authorization.signedHeaders().forEach(name -> signed.put(name, request.headers().get(name)));
    Claim claim = new Claim(request.key(), authorization, request.path(), signed);
    assertThat(claim.objection(request.body())).isEmpty();
    assertThat(authorization.signature()).isEqualTo(request.signature());
    assertThat(authorization.region()).isEqualTo(request.region());
  }

  @Test
  void thereAreAsManyVectorsAsWereRecorded() {
    assertThat(requests()).hasSize(19);
    assertThat(accepted()).hasSize(17);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void realClientsAreLetIn(RecordedRequest request) {
    assertThat(judge(request, headers -> {})).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void anAlteredBodyIsRefused(RecordedRequest request) {
    byte[] altered = request.body();
    altered[altered.length - 1] ^= 1;
    assertMismatch(judge(request, request.headers(), altered, Duration.ZERO));
    assertMismatch(judge(request, request.headers(), new byte[0], Duration.ZERO));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void noSignedHeaderMayBeAltered(RecordedRequest request) {
    for (String name : request.json().getString("signed_headers").split(";")) {
      if (!name.equals("x-amz-date")) {
        assertMismatch(judge(request, headers -> headers.set(name, headers.get(name) + 'x')));
        assertMismatch(judge(request, headers -> headers.add(name, headers.get(name))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void aSignatureCannotBeMovedToAnotherOperation(RecordedRequest request) {
    String target = "AmazonEC2ContainerRegistry_V20150921.DeleteRepository";
    assertMismatch(judge(request, headers -> headers.set("X-Amz-Target", target)));
    assertMismatch(judge(request, headers -> headers.add("X-AMZ-TARGET", target)));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void aSignatureCannotBeMovedToAnotherPath(RecordedRequest request) {
    assertMismatch(judge(request, request.path() + "x", request.headers()));
    assertMismatch(judge(request, request.path() + "?x=1", request.headers()));
  }

  @Test
  void anotherSecretMakesAnotherSignature() {
    RecordedRequest request = accepted().getFirst();
    AccessKey other = new AccessKey(request.key().id(), "other", request.key().grants());
    assertMismatch(judge(request, "/", request.headers(), _ -> Optional.of(other)));
  }

  @Test
  void anUnknownKeyIsRefused() {
    RecordedRequest request = accepted().getFirst();
    assertFailed(
        judge(request, "/", request.headers(), _ -> Optional.empty()),
        ErrorType.UNRECOGNIZED_CLIENT,
        INVALID_TOKEN);
  }

  @Test
  void sessionTokensAreNeverOurs() {
    for (RecordedRequest request : requests()) {
      Optional<Failed> failed = judge(request, h -> h.set("X-Amz-Security-Token", "SESSIONTOK123"));
      assertFailed(failed, ErrorType.UNRECOGNIZED_CLIENT, INVALID_TOKEN);
    }
  }

  @Test
  void aRequestWithoutASignatureIsRefused() {
    assertFailed(
        judge(accepted().getFirst(), headers -> headers.remove("authorization")),
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
        judge(accepted().getFirst(), headers -> headers.set("authorization", header));
    assertThat(failed).map(Failed::type).contains(ErrorType.INCOMPLETE_SIGNATURE);
  }

  @Test
  void twoAuthorizationsAreRefused() {
    Optional<Failed> failed =
        judge(accepted().getFirst(), h -> h.add("Authorization", h.get("authorization")));
    assertThat(failed).map(Failed::type).contains(ErrorType.INCOMPLETE_SIGNATURE);
  }

  @Test
  void blanksBehindCommasAreNotNeeded() {
    for (RecordedRequest request : accepted()) {
      assertThat(
              judge(
                  request, h -> h.set("Authorization", h.get("Authorization").replace(", ", ","))))
          .isEmpty();
    }
  }

  @Test
  void anotherServiceIsRefused() {
    assertFailed(
        judge(accepted().getFirst(), h -> replace(h, "/ecr/", "/s3/")),
        ErrorType.INVALID_SIGNATURE,
        "Credential should be scoped to correct service: 'ecr'.");
  }

  @Test
  void aScopeOfAnotherDayIsRefused() {
    assertFailed(
        judge(accepted().getFirst(), h -> replace(h, "/20261123/", "/20261124/")),
        ErrorType.INVALID_SIGNATURE,
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP");
  }

  @Test
  void aScopeOfAnotherRegionIsRefused() {
    assertMismatch(judge(accepted().getFirst(), h -> replace(h, "/us-east-1/", "/eu-west-3/")));
  }

  @Test
  void aMovedDateIsRefused() {
    RecordedRequest request = accepted().getFirst();
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
    RecordedRequest request = accepted().getFirst();
    Optional<Failed> failed = judge(request, request.headers(), request.body(), later);
    assertThat(failed).map(Failed::type).contains(ErrorType.INVALID_SIGNATURE);
    assertThat(failed.orElseThrow().message())
        .startsWith("Signature " + word + ": 20261123T162553Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT5M", "PT5M0.999S", "-PT5M", "PT0.5S", "-PT4M59S"})
  void fiveMinutesAreAllowed(Duration later) {
    RecordedRequest request = accepted().getFirst();
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

  @ParameterizedTest
  @ValueSource(strings = {"content-type", "host", "x-amz-date", "x-amz-target"})
  void whatMustBeSignedIs(String name) {
    RecordedRequest request = accepted().getFirst();
    String signed = request.json().getString("signed_headers");
    String fewer =
        String.join(";", List.of(signed.split(";")).stream().filter(n -> !n.equals(name)).toList());
    assertFailed(
        judge(request, h -> replace(h, "SignedHeaders=" + signed, "SignedHeaders=" + fewer)),
        ErrorType.INVALID_SIGNATURE,
        "'" + name + "' must be a 'SignedHeader' in the AWS Authorization.");
  }

  @Test
  void everyHeaderOfAmazonMustBeSigned() {
    assertFailed(
        judge(accepted().getFirst(), headers -> headers.set("X-Amz-Content-Sha256", "x")),
        ErrorType.INVALID_SIGNATURE,
        "'x-amz-content-sha256' must be a 'SignedHeader' in the AWS Authorization.");
  }

  @Test
  void aSignedHeaderThatIsMissingIsRefused() {
    for (RecordedRequest request : accepted()) {
      assertMismatch(judge(request, headers -> headers.remove("content-type")));
      assertMismatch(judge(request, headers -> headers.remove("host")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNSIGNED-PAYLOAD", "", "é", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"})
  void aSignedHashMustBeThatOfTheBody(String told) {
    RecordedRequest request = accepted().getLast();
    AccessKey key = request.key();
    SignedAuthorization authorization =
        SignedAuthorization.parse(request.headers().get("authorization")).orElseThrow();
    Map<String, String> signed = new TreeMap<>();
    authorization.signedHeaders().forEach(name -> signed.put(name, request.headers().get(name)));
    signed.put("x-amz-content-sha256", told);
    String hash = request.headers().get("x-amz-content-sha256");
    String signature = RequestSigner.sign(key, request.region(), "/", signed, hash);
    SignedAuthorization resigned =
        new SignedAuthorization(
            key.id(),
            authorization.day(),
            request.region(),
            "ecr",
            authorization.signedHeaders(),
            signature);
    assertMismatch(new Claim(key, resigned, "/", signed).objection(request.body()));
  }

  private static void replace(MultiMap headers, String old, String now) {
    headers.set("authorization", headers.get("authorization").replace(old, now));
  }

  private static Optional<Failed> judge(RecordedRequest request, Consumer<MultiMap> change) {
    MultiMap headers = request.headers();
    change.accept(headers);
    return judge(request, headers, request.body(), Duration.ZERO);
  }

  private static Optional<Failed> judge(RecordedRequest request, String target, MultiMap headers) {
    return judge(request, target, headers, request::find);
  }

  private static Optional<Failed> judge(
      RecordedRequest request,
      String target,
      MultiMap headers,
      Function<String, Optional<AccessKey>> keys) {
    return judge(
        new SignatureCheck(keys, clock(request, Duration.ZERO)), target, headers, request.body());
  }

  private static Optional<Failed> judge(
      RecordedRequest request, MultiMap headers, byte[] body, Duration later) {
    SignatureCheck check = new SignatureCheck(request::find, clock(request, later));
    return judge(check, request.path(), headers, body);
  }

  private static Optional<Failed> judge(
      SignatureCheck check, String target, MultiMap headers, byte[] body) {
    return switch (check.judge(target, headers)) {
      case Refused(var failed) -> Optional.of(failed);
      case Claimed(var claim) -> claim.objection(body);
    };
  }

  /** This much later than the request was signed. */
  private static Clock clock(RecordedRequest request, Duration later) {
    SigningTime signed = SigningTime.parse(request.headers().get("x-amz-date")).orElseThrow();
    return Clock.fixed(signed.instant().plus(later), ZoneOffset.UTC);
  }

  private static void assertMismatch(Optional<Failed> failed) {
    assertFailed(failed, ErrorType.INVALID_SIGNATURE, MISMATCH);
  }

  private static void assertFailed(Optional<Failed> failed, ErrorType type, String message) {
    assertThat(failed).contains(new Failed(type, message));
  }
}
