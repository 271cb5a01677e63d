package dev.sluice.gateway.access;

import static dev.sluice.gateway.live.LiveGateway.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How often passwords are hashed, and for whom. */
class PasswordsTest {

  private static final String HERE = "192.0.2.1";
  private static final Login WRONG = new Login.Wrong();

  private final Operator operator = new Operator();
  private final User ann = operator.user("ann", "right", "pull:a/*");
  private final AtomicInteger hashed = new AtomicInteger();
  private final List<String> against = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch held = new CountDownLatch(1);
  private final Passwords passwords =
      new Passwords(operator.clock, operator, new BackOff(operator.clock), this::matches);

  /** The password {@code held} is checked for as long as the test wants. */
  private boolean matches(String password, String hash) {
    hashed.incrementAndGet();
    against.add(hash);
    if (password.startsWith("held")) {
      hold();
    }
    if (password.equals("broken") && hashed.get() == 1) {
      throw new StackOverflowError("while hashing");
    }
    return PasswordHash.matches(password, hash);
  }

  private void hold() {
    try {
      assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void aRightPasswordIsHashedOnceAMinute() {
    assertThat(login("ann", "right")).isEqualTo(new Login.Known(ann.principal()));
    operator.clock.advance(Duration.ofSeconds(59));
    assertThat(login("ann", "right")).isEqualTo(new Login.Known(ann.principal()));
    assertThat(hashed).hasValue(1);
    operator.clock.advance(Duration.ofSeconds(1));
    assertThat(login("ann", "right")).isEqualTo(new Login.Known(ann.principal()));
    assertThat(hashed).hasValue(2);
  }

  @Test
  void aChangedOrRemovedUserEndsAtOnce() {
    login("ann", "right");
    User changed = operator.user("ann", "other", "pull:a/*");
    assertThat(login("ann", "right")).isEqualTo(WRONG);
    assertThat(login("ann", "other")).isEqualTo(new Login.Known(changed.principal()));
    operator.removeUser("ann");
    assertThat(login("ann", "other")).isEqualTo(WRONG);
  }

  @Test
  void otherGrantsCountWithoutAnotherHash() {
    login("ann", "right");
    User now = new User("ann", ann.hash(), Grants.of(List.of("pull:b/*")));
    operator.user(now);

    assertThat(login("ann", "right")).isEqualTo(new Login.Known(now.principal()));
    assertThat(hashed).hasValue(1);
  }

  @Test
  void whoIsRemovedWhileTheirPasswordIsHashedIsNotLetIn() {
    operator.user("ann", "held");
    Future<Login> login = passwords.check(new BasicCredentials("ann", "held"), HERE);
    operator.removeUser("ann");
    held.countDown();

    assertThat(await(login)).isEqualTo(WRONG);
  }

  @Test
  void anUnknownUserCostsAsMuchAsAKnownOne() {
    assertThat(login("nobody", "right")).isEqualTo(WRONG);

    assertThat(against).singleElement().isEqualTo(PasswordHash.ofNobody(4));
  }

  @Test
  void onePasswordThatManyRequestsShowIsHashedOnceForThem() {
    User held = operator.user("ann", "held", "admin");
    List<Future<Login>> logins = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      logins.add(passwords.check(new BasicCredentials("ann", "held"), HERE));
    }
    this.held.countDown();

    assertThat(logins)
        .allSatisfy(login -> assertThat(await(login)).isEqualTo(new Login.Known(held.principal())));
    assertThat(hashed).hasValue(1);
  }

  @Test
  void aLoginThatBreaksIsAnsweredAndCanBeTriedAgain() throws Exception {
    User broken = operator.user("ann", "broken", "admin");
    BasicCredentials shown = new BasicCredentials("ann", "broken");
    assertThat(passwords.check(shown, HERE).toCompletionStage().toCompletableFuture())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(StackOverflowError.class);

    assertThat(login("ann", "broken")).isEqualTo(new Login.Known(broken.principal()));
  }

  @Test
  void twoAreHashedAtOnceAndSomeWaitAndTheRestIsToldToComeBack() {
    List<Future<Login>> logins = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      logins.add(passwords.check(new BasicCredentials("user" + i, "held"), "192.0.2." + i));
    }
    List<Future<Login>> busy = logins.stream().filter(Future::isComplete).toList();
    assertThat(busy).hasSize(100 - 66);
    assertThat(await(busy.getFirst())).isInstanceOf(Login.Busy.class);
    held.countDown();

    logins.removeAll(busy);
    assertThat(logins).allSatisfy(login -> assertThat(await(login)).isEqualTo(WRONG));
    assertThat(login("ann", "right")).isInstanceOf(Login.Known.class);
  }

  @Test
  void whileAnAccountWaitsNoPasswordIsLookedAt() {
    for (int i = 0; i < 5; i++) {
      assertThat(login("ann", "wrong" + i)).isEqualTo(WRONG);
    }

    assertThat(login("ann", "right")).isEqualTo(new Login.TooMany(Duration.ofSeconds(1)));
    assertThat(hashed).hasValue(5);
    operator.clock.advance(Duration.ofSeconds(1));
    assertThat(login("ann", "right")).isInstanceOf(Login.Known.class);
  }

  @Test
  void whoIsInStaysInWhateverOthersTryFromTheSameAddress() {
    login("ann", "right");
    for (int i = 0; i < 200; i++) {
      login("ann", "wrong" + i);
      login("user" + i, "wrong");
    }
    int before = hashed.get();

    assertThat(login("ann", "right")).isInstanceOf(Login.Known.class);
    assertThat(hashed).hasValue(before);
    operator.clock.advance(Duration.ofSeconds(60));
    login("ann", "wrong again");
    assertThat(login("ann", "right")).isInstanceOf(Login.Known.class);
    assertThat(hashed).hasValueGreaterThan(before);
  }

  /** Or it would tell, without a hash and without a wait, whether a guess is right. */
  @Test
  void whatIsRememberedOfOneAddressDoesNotHelpAnother() {
    login("ann", "right");
    for (int i = 0; i < 5; i++) {
      check("ann", "wrong" + i, "198.51.100.1");
    }

    assertThat(check("ann", "right", "198.51.100.1")).isInstanceOf(Login.TooMany.class);
    assertThat(login("ann", "right")).isInstanceOf(Login.Known.class);
  }

  private Login login(String name, String password) {
    return check(name, password, HERE);
  }

  private Login check(String name, String password, String address) {
    return await(passwords.check(new BasicCredentials(name, password), address));
  }
}
