package dev.sluice.gateway.ecr;

import static dev.sluice.gateway.ecr.LiveEcr.ADMIN;
import static dev.sluice.gateway.ecr.LiveEcr.PULLER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.Grants;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.live.CountedRequests.Counted;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcrEdgeTest {

  private static final AccessKey STRANGER = new AccessKey("AKIANOBODY", "secret", Grants.ADMIN);

  private final AtomicInteger acted = new AtomicInteger();
  private final Promise<Void> gate = Promise.promise();

  @AutoClose
  private final LiveEcr ecr =
      new LiveEcr(
          List.of(
              Operation.forAdmins("Echo", m -> m.required("text", Shape.TEXT), this::echo),
              Operation.forPullers("Look", Members::repositoryName, name -> name, this::look),
              Operation.forAdmins("Wait", m -> "", this::waitAtTheGate),
              Operation.forAdmins("Break", m -> "", EcrEdgeTest::breakDown)));

  private EcrAnswer echo(Caller caller, String text) {
    acted.incrementAndGet();
    return new Done(new JsonObject().put("text", text).put("caller", caller.principal().name()));
  }

  private EcrAnswer look(Caller caller, RepositoryName name) {
    acted.incrementAndGet();
    return new Done();
  }

  private EcrAnswer waitAtTheGate(Caller caller, String nothing) {
    gate.future().await();
    return new Done();
  }

  private static EcrAnswer breakDown(Caller caller, String nothing) {
    throw new AssertionError("broken");
  }

  @Test
  void anAnswerIsJsonWithAnIdAndADate() throws Exception {
    Reply reply = ecr.call("Echo", "{\"text\":\"h\u00e9\",\"unknown\":[1]}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json())
        .isEqualTo(new JsonObject().put("text", "h\u00e9").put("caller", ADMIN.id()));
    assertThat(reply.header("Content-Type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(reply.header("x-amzn-RequestId")).matches("[0-9a-f-]{36}");
    assertThat(reply.header("Date")).isEqualTo("Sun, 01 Mar 2026 12:00:00 GMT");
    assertThat(reply.header("Content-Encoding")).isNull();
    assertThat(reply.header("x-amzn-RequestId"))
        .isNotEqualTo(ecr.call("Echo", "{}").header("x-amzn-RequestId"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AmazonEC2ContainerRegistry_V20150921.NoSuchOperation",
        "AmazonEC2ContainerRegistry_V20150921.",
        "AmazonEC2ContainerRegistry_V20150921.echo",
        "AmazonS3.Echo",
        "Echo",
        ""
      })
  void otherTargetsAreUnknown(String target) throws Exception {
    SignedCall call = new SignedCall(target, "{}".getBytes(UTF_8));
    Reply reply = ecr.send(call.by(ADMIN, ecr.clock().instant()));
    assertFailed(reply, 400, "UnknownOperationException");
    assertThat(ecr.counted().next().operation()).isEqualTo("unknown");
  }

  @Test
  void aPlainPostHasNoTarget() throws Exception {
    try (Wire wire = ecr.connect()) {
      assertFailed(wire.ask("POST", "/", "Content-Length: 0"), 400, "UnknownOperationException");
    }
  }

  @Test
  void strangersAreRefusedBeforeTheirBodyComes() throws Exception {
    try (Wire wire = ecr.connect()) {
      SignedCall anonymous = new SignedCall(SignedCall.SERVICE + "Echo", new byte[1000]);
      wire.sendRaw("POST", anonymous.head());
      assertFailed(wire.reply(), 400, "MissingAuthenticationTokenException");
      wire.sendRaw("", "x".repeat(1000)).sendRaw("POST", ecr.signed(STRANGER, "Echo", "{}").head());
    }
    try (Wire wire = ecr.connect()) {
      wire.sendRaw("POST", ecr.signed(STRANGER, "Echo", "{}").head());
      assertFailed(wire.reply(), 400, "UnrecognizedClientException");
    }
  }

  @Test
  void aConnectionGoesOnBehindARefusal() throws Exception {
    try (Wire wire = ecr.connect()) {
      wire.sendRaw("POST", ecr.signed(STRANGER, "Echo", "{\"text\":\"x\"}").text());
      assertFailed(wire.reply(), 400, "UnrecognizedClientException");
      wire.sendRaw("POST", ecr.signed(ADMIN, "Echo", "{\"text\":\"x\"}").text());
      assertThat(wire.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void whatIsNotProvedIsNotDone() throws Exception {
    AccessKey guessed = new AccessKey(ADMIN.id(), "guess", Grants.ADMIN);
    assertFailed(ecr.call(guessed, "Echo", "{\"text\":\"x\"}"), 400, "InvalidSignatureException");
    assertThat(acted).hasValue(0);
  }

  @Test
  void pagesOfOtherSitesAreNotAnswered() throws Exception {
    String body = "{\"text\":\"x\"}";
    for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1:5001")) {
      Reply reply = ecr.send(ecr.signed(ADMIN, "Echo", body).with("origin", origin));
      assertFailed(reply, 403, "AccessDeniedException");
    }
    assertThat(acted).hasValue(0);
    Reply own = ecr.send(ecr.signed(ADMIN, "Echo", body).with("origin", "http://127.0.0.1:5000"));
    assertThat(own.status()).isEqualTo(200);
  }

  @Test
  void aPullerMayDoNothingElse() throws Exception {
    Reply reply = ecr.call(PULLER, "Echo", "{\"text\":\"x\"}");
    assertFailed(reply, 400, "AccessDeniedException");
    assertThat(reply.json().getString("message"))
        .isEqualTo(
            "User: arn:aws:iam::123456789012:user/AKIAPULLER is not authorized to perform:"
                + " ecr:Echo on resource: *");
    assertThat(acted).hasValue(0);
  }

  @Test
  void aPullerSeesWhatTheyMayPull() throws Exception {
    String own = "{\"repositoryName\":\"docker-hub/library/alpine\"}";
    assertThat(ecr.call(PULLER, "Look", own).status()).isEqualTo(200);
    Reply other = ecr.call(PULLER, "Look", "{\"repositoryName\":\"quay/x\"}");
    assertFailed(other, 400, "AccessDeniedException");
    assertThat(other.json().getString("message"))
        .endsWith("ecr:Look on resource: arn:aws:ecr:us-east-1:123456789012:repository/quay/x");
    assertThat(acted).hasValue(1);
  }

  @Test
  void aFailureOfOursIsAnAnswer() throws Exception {
    Reply reply = ecr.call("Break", "{}");
    assertFailed(reply, 500, "ServerException");
    assertThat(reply.text()).doesNotContain("broken");
  }

  @Test
  void oneThatWaitsKeepsNobodyWaiting() throws Exception {
    try (Wire wire = ecr.connect()) {
      wire.sendRaw("POST", ecr.signed(ADMIN, "Wait", "{}").text());
      assertThat(ecr.call("Echo", "{\"text\":\"x\"}").status()).isEqualTo(200);
      gate.complete();
      assertThat(wire.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void requestsAreCountedByTheNamesOfOperations() throws Exception {
    Reply reply = ecr.call("Echo", "{\"text\":\"x\"}");
    assertThat(ecr.counted().next())
        .isEqualTo(new Counted("Echo", 200, "none", reply.body().length()));
    ecr.call("Break", "{}");
    assertThat(ecr.counted().next().status()).isEqualTo(500);
  }

  private static void assertFailed(Reply reply, int status, String type) {
    assertThat(reply.json().getString("__type")).isEqualTo(type);
    assertThat(reply.json().getString("message")).isNotBlank();
    assertThat(reply.status()).isEqualTo(status);
  }
}
