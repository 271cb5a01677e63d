package dev.sluice.gateway.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import dev.sluice.gateway.ecr.SignatureCheck.Verdict.Claimed;
import dev.sluice.gateway.ecr.SignatureCheck.Verdict.Refused;
import io.vertx.core.MultiMap;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Has signatures judged as a server does, at the moment when they were made. */
final class Judging {

  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

  private Judging() {}

  static void replace(MultiMap headers, String old, String now) {
    headers.set("authorization", headers.get("authorization").replace(old, now));
  }

  static Optional<Failed> judge(RecordedRequest request, Consumer<MultiMap> change) {
    MultiMap headers = request.headers();
    change.accept(headers);
    return judge(request, headers, request.body(), Duration.ZERO);
  }

  static Optional<Failed> judge(RecordedRequest request, String target, MultiMap headers) {
    return judge(request, target, headers, request::find);
  }

  static Optional<Failed> judge(
      RecordedRequest request,
      String target,
      MultiMap headers,
      Function<String, Optional<AccessKey>> keys) {
    return judge(
        new SignatureCheck(keys, clock(request, Duration.ZERO)), target, headers, request.body());
  }

  static Optional<Failed> judge(
      RecordedRequest request, MultiMap headers, byte[] body, Duration later) {
    SignatureCheck check = new SignatureCheck(request::find, clock(request, later));
    return judge(check, request.path(), headers, body);
  }

  static Optional<Failed> judge(
      SignatureCheck check, String target, MultiMap headers, byte[] body) {
    return switch (check.judge(target, headers)) {
      case Refused(var failed) -> Optional.of(failed);
      case Claimed(var claim) -> claim.objection(body);
    };
  }

  /** This much later than the request was signed. */
  static Clock clock(RecordedRequest request, Duration later) {
    SigningTime signed = SigningTime.parse(request.headers().get("x-amz-date")).orElseThrow();
    return Clock.fixed(signed.instant().plus(later), ZoneOffset.UTC);
  }

  static void assertMismatch(Optional<Failed> failed) {
    assertFailed(failed, ErrorType.INVALID_SIGNATURE, MISMATCH);
  }

  static void assertFailed(Optional<Failed> failed, ErrorType type, String message) {
    assertThat(failed).contains(new Failed(type, message));
  }
}
