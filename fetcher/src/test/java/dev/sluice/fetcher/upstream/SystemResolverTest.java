package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A name server that is silent holds up a bounded number of threads. */
final class SystemResolverTest {

  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger now = new AtomicInteger();
  private final CountDownLatch answered = new CountDownLatch(1);
  private final CountDownLatch full = new CountDownLatch(SystemResolver.MOST_THREADS);
  private final SystemResolver resolver = new SystemResolver(this::slow);

  private InetAddress[] slow(String host) throws UnknownHostException {
    asked.incrementAndGet();
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    full.countDown();
    try {
      answered.await();
    } catch (InterruptedException stopped) {
      throw new UnknownHostException(host);
    }
    now.decrementAndGet();
    if (host.startsWith("unknown")) {
      throw new UnknownHostException(host);
    }
    return new InetAddress[] {HERE};
  }

  @AfterEach
  void answer() {
    answered.countDown();
  }

  @Test
  void oneLookUpServesAllWhoAskForTheHost() {
    List<Future<List<InetAddress>>> answers = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      answers.add(resolver.resolve("registry.example"));
    }
    answered.countDown();
    assertThat(answers).allSatisfy(answer -> assertThat(await(answer)).containsExactly(HERE));
    assertThat(asked).hasValue(1);
    await(resolver.resolve("registry.example"));
    assertThat(asked).hasValue(2);
  }

  @Test
  void silenceOccupiesOnlySoManyThreadsAndPlaces() throws InterruptedException {
    int most = SystemResolver.MOST_THREADS + SystemResolver.MOST_WAITING;
    List<Future<List<InetAddress>>> answers = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      answers.add(resolver.resolve("host" + i + ".example"));
    }
    assertThat(full.await(15, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> await(resolver.resolve("one-too-many.example")))
        .hasMessageContaining("too many names are being looked up");
    assertThat(asked).hasValue(SystemResolver.MOST_THREADS);

    answered.countDown();
    assertThat(answers).allSatisfy(answer -> assertThat(await(answer)).containsExactly(HERE));
    assertThat(this.most).hasValue(SystemResolver.MOST_THREADS);
    assertThat(await(resolver.resolve("one-too-many.example"))).containsExactly(HERE);
  }

  @Test
  void anUnknownHostIsForgottenAgain() {
    answered.countDown();
    for (int i = 1; i <= 2; i++) {
      assertThatThrownBy(() -> await(resolver.resolve("unknown.example")))
          .hasMessageContaining("the host unknown.example is not known to the name server");
      assertThat(asked).hasValue(i);
    }
  }

  @Test
  void anAddressNeedsNoLookUp() {
    assertThat(await(resolver.resolve("127.0.0.1"))).containsExactly(HERE);
    assertThat(await(resolver.resolve("::1"))).hasSize(1);
    assertThat(asked).hasValue(0);
  }
}
