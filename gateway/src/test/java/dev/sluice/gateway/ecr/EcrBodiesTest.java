package dev.sluice.gateway.ecr;

import static dev.sluice.gateway.ecr.LiveEcr.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.EcrAnswer.Done;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EcrBodiesTest {

  private final AtomicInteger acted = new AtomicInteger();

  @AutoClose
  private final LiveEcr ecr =
      new LiveEcr(
          List.of(Operation.forAdmins("Echo", m -> m.required("text", Shape.TEXT), this::echo)));

  private EcrAnswer echo(Caller caller, String text) {
    acted.incrementAndGet();
    return new Done(new JsonObject().put("text", text));
  }

  @Test
  void aBodyThatSaysItIsTooLargeIsNotWaitedFor() throws Exception {
    try (Wire wire = ecr.connect()) {
      String length = Integer.toString(RequestBody.LARGEST + 1);
      wire.sendRaw("POST", ecr.signed(ADMIN, "Echo", "{}").with("content-length", length).head());
      assertFailed(wire.reply(), 413, "RequestEntityTooLarge");
      assertThat(wire.ends()).isTrue();
    }
  }

  @Test
  void aBodyThatTurnsOutTooLargeIsCutOff() throws Exception {
    try (Wire wire = ecr.connect()) {
      String head = ecr.signed(ADMIN, "Echo", "{}").with("transfer-encoding", "chunked").head();
      String chunk = Integer.toHexString(RequestBody.LARGEST + 1) + "\r\n";
      wire.sendRaw("POST", head.replace("content-length: 2\r\n", "") + chunk);
      wire.sendRaw("", "x".repeat(RequestBody.LARGEST + 1));
      assertFailed(wire.reply(), 413, "RequestEntityTooLarge");
      assertThat(wire.ends()).isTrue();
    }
  }

  @Test
  void aBodyOfTheLargestSizeIsRead() throws Exception {
    String json = "{\"text\":\"x\"}";
    Reply reply = ecr.call("Echo", json + " ".repeat(RequestBody.LARGEST - json.length()));
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void aClientThatAsksFirstIsToldToGoOn() throws Exception {
    try (Wire wire = ecr.connect()) {
      SignedCall call = ecr.signed(ADMIN, "Echo", "{\"text\":\"x\"}");
      wire.sendRaw("POST", call.with("expect", "100-continue").head());
      assertThat(wire.head().status()).isEqualTo(100);
      wire.sendRaw("POST", "{\"text\":\"x\"}");
      assertThat(wire.reply().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "\"x\"",
        "{",
        "{}{}",
        "{\"text\":\"a\",\"text\":\"b\"}",
        "{\"text\":NaN}",
        "{'text':'a'}",
        "{\"text\":1}",
        "{\"text\":[]}"
      })
  void whatIsNotTheJsonOfTheOperationIsRefused(String body) throws Exception {
    assertFailed(ecr.call("Echo", body), 400, "SerializationException");
    assertThat(acted).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void depthIsBounded(String level) throws Exception {
    assertFailed(ecr.call("Echo", level.repeat(50_000)), 400, "SerializationException");
  }

  private static void assertFailed(Reply reply, int status, String type) {
    assertThat(reply.json().getString("__type")).isEqualTo(type);
    assertThat(reply.json().getString("message")).isNotBlank();
    assertThat(reply.status()).isEqualTo(status);
  }
}
