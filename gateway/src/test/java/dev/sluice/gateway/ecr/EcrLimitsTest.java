package dev.sluice.gateway.ecr;

import static dev.sluice.gateway.ecr.LiveEcr.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EcrLimitsTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Promise<Void> gate = Promise.promise();

  @Test
  void oneMoreThanFitsIsToldToComeAgain() throws Exception {
    try (LiveEcr ecr = live(new EcrEdge.Limits(1, LONG, LONG));
        Wire wire = ecr.connect()) {
      String request = ecr.signed(ADMIN, "Wait", "{}").text();
      wire.sendRaw("POST", request.substring(0, request.length() - 1));
      // The first may not have arrived yet; the second waits until it has.
      Reply refused = untilRefused(ecr);
      assertThat(refused.json().getString("__type")).isEqualTo("ThrottlingException");
      gate.complete();
      wire.sendRaw("POST", "}");
      assertThat(wire.reply().status()).isEqualTo(200);
      assertThat(ecr.call("Pass", "{}").status()).isEqualTo(200);
    }
  }

  private static Reply untilRefused(LiveEcr ecr) throws IOException {
    Reply reply;
    do {
      reply = ecr.call("Pass", "{}");
    } while (reply.status() == 200);
    return reply;
  }

  @Test
  void aBodyThatDoesNotComeEndsItsConnection() throws Exception {
    try (LiveEcr ecr = live(new EcrEdge.Limits(1, SHORT, LONG))) {
      try (Wire wire = ecr.connect()) {
        wire.sendRaw("POST", ecr.signed(ADMIN, "Pass", "{}").head());
        Reply reply = wire.reply();
        assertThat(reply.status()).isEqualTo(408);
        assertThat(reply.json().getString("__type")).isEqualTo("RequestTimeoutException");
        assertThat(wire.ends()).isTrue();
      }
      Reply next;
      do {
        next = ecr.call("Pass", "{}");
      } while (next.status() == 408);
      assertThat(next.status()).as("the place is free again").isEqualTo(200);
    }
  }

  @Test
  void anAnswerThatDoesNotComeIsGivenUp() throws Exception {
    try (LiveEcr ecr = live(new EcrEdge.Limits(1, LONG, SHORT))) {
      Reply reply = ecr.call("Wait", "{}");
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.json().getString("__type")).isEqualTo("ServerException");
      assertThat(ecr.call("Pass", "{}").json().getString("__type"))
          .as("its task still holds its place")
          .isEqualTo("ThrottlingException");
    }
  }

  private LiveEcr live(EcrEdge.Limits limits) {
    return new LiveEcr(
        List.of(
            Operation.forAdmins("Wait", m -> "", this::waitAtTheGate),
            Operation.forAdmins("Pass", m -> "", (caller, nothing) -> new Done())),
        limits);
  }

  private EcrAnswer waitAtTheGate(Caller caller, String nothing) {
    gate.future().await();
    return new Done();
  }
}
