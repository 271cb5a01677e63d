package dev.sluice.gateway.ecr;

import static dev.sluice.gateway.ecr.Judging.assertFailed;
import static dev.sluice.gateway.ecr.Judging.assertMismatch;
import static dev.sluice.gateway.ecr.Judging.judge;
import static dev.sluice.gateway.ecr.Judging.replace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.access.AccessKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a signature covers. */
class SignatureCheckTest {

  @ParameterizedTest
  @MethodSource("dev.sluice.gateway.ecr.RecordedRequest#all")
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
    assertThat(RecordedRequest.all()).hasSize(19);
    assertThat(RecordedRequest.accepted()).hasSize(17);
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.gateway.ecr.RecordedRequest#accepted")
  void realClientsAreLetIn(RecordedRequest request) {
    assertThat(judge(request, headers -> {})).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.gateway.ecr.RecordedRequest#accepted")
  void anAlteredBodyIsRefused(RecordedRequest request) {
    byte[] altered = request.body();
    altered[altered.length - 1] ^= 1;
    assertMismatch(judge(request, request.headers(), altered, Duration.ZERO));
    assertMismatch(judge(request, request.headers(), new byte[0], Duration.ZERO));
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.gateway.ecr.RecordedRequest#accepted")
  void noSignedHeaderMayBeAltered(RecordedRequest request) {
    for (String name : request.json().getString("signed_headers").split(";")) {
      if (!name.equals("x-amz-date")) {
        assertMismatch(judge(request, headers -> headers.set(name, headers.get(name) + 'x')));
        assertMismatch(judge(request, headers -> headers.add(name, headers.get(name))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.gateway.ecr.RecordedRequest#accepted")
  void aSignatureCannotBeMovedToAnotherOperation(RecordedRequest request) {
    String target = "AmazonEC2ContainerRegistry_V20150921.DeleteRepository";
    assertMismatch(judge(request, headers -> headers.set("X-Amz-Target", target)));
    assertMismatch(judge(request, headers -> headers.add("X-AMZ-TARGET", target)));
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.gateway.ecr.RecordedRequest#accepted")
  void aSignatureCannotBeMovedToAnotherPath(RecordedRequest request) {
    assertMismatch(judge(request, request.path() + "x", request.headers()));
    assertMismatch(judge(request, request.path() + "?x=1", request.headers()));
  }

  @Test
  void anotherSecretMakesAnotherSignature() {
    RecordedRequest request = RecordedRequest.accepted().getFirst();
    AccessKey other = new AccessKey(request.key().id(), "other", request.key().grants());
    assertMismatch(judge(request, "/", request.headers(), _ -> Optional.of(other)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"content-type", "host", "x-amz-date", "x-amz-target"})
  void whatMustBeSignedIs(String name) {
    RecordedRequest request = RecordedRequest.accepted().getFirst();
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
        judge(
            RecordedRequest.accepted().getFirst(),
            headers -> headers.set("X-Amz-Content-Sha256", "x")),
        ErrorType.INVALID_SIGNATURE,
        "'x-amz-content-sha256' must be a 'SignedHeader' in the AWS Authorization.");
  }

  @Test
  void aSignedHeaderThatIsMissingIsRefused() {
    for (RecordedRequest request : RecordedRequest.accepted()) {
      assertMismatch(judge(request, headers -> headers.remove("content-type")));
      assertMismatch(judge(request, headers -> headers.remove("host")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNSIGNED-PAYLOAD", "", "é", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"})
  void aSignedHashMustBeThatOfTheBody(String told) {
    RecordedRequest request = RecordedRequest.accepted().getLast();
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
}
