package dev.sluice.gateway.access;

import static dev.sluice.gateway.access.Operator.basic;
import static dev.sluice.gateway.live.LiveGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginsTest {

  private static final String HERE = "192.0.2.1";

  private final Operator operator = new Operator();
  private final AccessKey key = operator.key("AKIASLUICECI00000001", "s".repeat(40), "pull:a/*");
  private final User ann = operator.user("ann", "pa:ss wörd", "pull:b/*");
  private final RegistryTokens tokens = new RegistryTokens(operator.clock, operator);
  private final Logins logins = new Logins(operator.clock, operator, tokens);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ",
        "Basic Og==",
        "Basic OnB3",
        "Basic YW5uOg==",
        "Basic YW5u",
        "Basic !!!!",
        "Basic QVdTOg==",
        "Bearer QVdTOng=",
        "AWS4-HMAC-SHA256 Credential=x",
        "Basics QVdTOng=",
      })
  void whatIsNoLoginIsWrong(String header) {
    assertThat(login(header)).isEqualTo(new Login.Wrong());
  }

  @Test
  void aTokenGoesWithOneUserNameOnly() {
    String token = tokens.issue(key).password();

    assertThat(login(basic("AWS", token))).isEqualTo(new Login.Known(key.principal()));
    assertThat(login(basic("AWS", token).replace("Basic", "basic")))
        .isEqualTo(new Login.Known(key.principal()));
    for (String name : new String[] {"aws", "AWS2", "ann", key.id()}) {
      assertThat(login(basic(name, token))).isEqualTo(new Login.Wrong());
    }
    assertThat(login(basic("AWS", key.secret()))).isEqualTo(new Login.Wrong());
  }

  @Test
  void anOldTokenIsToldApart() {
    String token = tokens.issue(key).password();
    operator.clock.advance(Duration.ofHours(12));

    assertThat(login(basic("AWS", token))).isEqualTo(new Login.Expired());
  }

  @Test
  void aPasswordMayHoldColonsAndAnyCharacter() {
    assertThat(login(basic("ann", "pa:ss wörd"))).isEqualTo(new Login.Known(ann.principal()));
    assertThat(login(basic("ann", "pa"))).isEqualTo(new Login.Wrong());
    assertThat(login(basic("Ann", "pa:ss wörd"))).isEqualTo(new Login.Wrong());
  }

  @Test
  void aRightTokenPassesHoweverManyWrongOnesCameBefore() {
    String token = tokens.issue(key).password();
    for (int i = 0; i < 100; i++) {
      login(basic("AWS", token + i));
    }

    assertThat(login(basic("AWS", token + "x"))).isInstanceOf(Login.TooMany.class);
    assertThat(login(basic("AWS", token))).isEqualTo(new Login.Known(key.principal()));
    assertThat(login(basic("ann", "pa:ss wörd"))).isEqualTo(new Login.Known(ann.principal()));
  }

  @Test
  void theAnswerComesOnTheCallersEventLoop() {
    Vertx vertx = Vertx.vertx();
    try {
      Promise<Boolean> onOwnContext = Promise.promise();
      var context = vertx.getOrCreateContext();
      context.runOnContext(
          _ -> {
            Future<Login> login = logins.login(basic("ann", "pa:ss wörd"), HERE);
            login.onComplete(_ -> onOwnContext.complete(Vertx.currentContext() == context));
          });

      assertThat(await(onOwnContext.future())).isTrue();
    } finally {
      await(vertx.close());
    }
  }

  private Login login(String header) {
    return await(logins.login(header, HERE));
  }
}
