package dev.sluice.gateway.ecr;

import static dev.sluice.gateway.ecr.LiveEcr.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EcrLimitsTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  /** Is waited out; long enough for what must come before it on a slow machine. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  /** Knows of a key what everybody sees who sees a request of it. */
  private static final AccessKey FORGER = new AccessKey(ADMIN.id(), "a guess", ADMIN.grants());

  private final Promise<Void> gate = Promise.promise();
  private final Semaphore atTheGate = new Semaphore(0);
  private final List<Wire> wires = new ArrayList<>();
  private LiveEcr ecr;

  @AfterEach
  void hangUp() throws IOException {
    for (Wire wire : wires) {
      wire.close();
    }
    ecr.close();
  }

  @Test
  void oneMoreThanFitsIsToldToComeAgain() throws Exception {
    ecr = live(limits(LONG, LONG));
    Wire first = waiting();

    assertThrottled(ecr.call("Pass", "{}"));
    gate.complete();
    assertThat(first.reply().status()).isEqualTo(200);
    assertThat(ecr.call("Pass", "{}").status()).isEqualTo(200);
  }

  @Test
  void whoIsNotProvedTakesNoPlace() throws Exception {
    ecr = live(limits(LONG, LONG));
    for (int i = 0; i < 3; i++) {
      assertThat(ecr.call(FORGER, "Wait", "{}").json().getString("__type"))
          .isEqualTo("InvalidSignatureException");
    }
    assertThat(ecr.call("Pass", "{}").status()).isEqualTo(200);
  }

  @Test
  void slowBodiesFromOneAddressLeaveTheOthersTheirPlaces() throws Exception {
    int places = EcrLimits.USUAL.bodiesOfOne();
    ecr = live(EcrLimits.USUAL);
    for (int i = 0; i < 3 * places; i++) {
      Wire slow = begun();
      if (i < places) {
        assertThat(slow.head().status()).as("told to send its body").isEqualTo(100);
      } else {
        assertThrottled(slow.reply());
      }
    }

    assertThat(passFrom("127.0.0.2").status()).isEqualTo(200);
    assertThrottled(passFrom("127.0.0.1"));
    Wire first = wires.getFirst();
    assertThat(first.sendRaw("POST", "{}").reply().status()).isEqualTo(400);
    assertThat(passFrom("127.0.0.1").status()).isEqualTo(200);
  }

  @Test
  void aBodyThatDoesNotComeEndsItsConnection() throws Exception {
    ecr = live(limits(SHORT, LONG));
    Wire slow = begun();
    assertThat(slow.head().status()).isEqualTo(100);
    assertThrottled(ecr.call("Pass", "{}"));

    Reply reply = slow.sendRaw("POST", "").reply();
    assertThat(reply.status()).isEqualTo(408);
    assertThat(reply.json().getString("__type")).isEqualTo("RequestTimeoutException");
    assertThat(slow.ends()).isTrue();
    assertThat(ecr.call("Pass", "{}").status()).as("the place is free again").isEqualTo(200);
  }

  @Test
  void anAnswerThatDoesNotComeIsGivenUp() throws Exception {
    ecr = live(limits(LONG, SHORT));
    Reply reply = waiting().reply();
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.json().getString("__type")).isEqualTo("ServerException");

    // Its task still holds its place.
    assertThrottled(ecr.call("Pass", "{}"));
  }

  /** One place for bodies and one for answers. */
  private static EcrLimits limits(Duration body, Duration answer) {
    return new EcrLimits(1, 1, 1, body, answer);
  }

  private LiveEcr live(EcrLimits limits) {
    return new LiveEcr(
        List.of(
            Operation.forAdmins("Wait", m -> "", this::waitAtTheGate),
            Operation.forAdmins("Pass", m -> "", (caller, nothing) -> new Done())),
        limits);
  }

  private EcrAnswer waitAtTheGate(Caller caller, String nothing) {
    atTheGate.release();
    gate.future().await();
    return new Done();
  }

  /** A proved request, which is being answered until the gate opens. */
  private Wire waiting() throws Exception {
    Wire wire = from("127.0.0.1");
    wire.sendRaw("POST", ecr.signed(ADMIN, "Wait", "{}").text());
    assertThat(atTheGate.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    return wire;
  }

  /** A request of a known key id that keeps its body back, and asks whether it may send it. */
  private Wire begun() throws IOException {
    SignedCall call = ecr.signed(FORGER, "Pass", "{}").with("expect", "100-continue");
    return from("127.0.0.1").sendRaw("POST", call.head());
  }

  private Reply passFrom(String address) throws IOException {
    return from(address).sendRaw("POST", ecr.signed(ADMIN, "Pass", "{}").text()).reply();
  }

  private Wire from(String address) throws IOException {
    Wire wire = new Wire(ecr.port(), InetAddress.getByName(address));
    wires.add(wire);
    return wire;
  }

  private static void assertThrottled(Reply reply) {
    assertThat(reply.json().getString("__type")).isEqualTo("ThrottlingException");
    assertThat(reply.status()).isEqualTo(400);
  }
}
