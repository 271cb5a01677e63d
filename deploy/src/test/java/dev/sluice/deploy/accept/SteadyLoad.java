package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A few clients that ask for what is cached, one small request after the other, and one that pulls
 * now and then what nobody has pulled before. Runs until it is {@link #end}ed.
 */
final class SteadyLoad implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final long PAUSE_NANOS = Duration.ofMillis(8).toNanos();
  private static final long FRESH_PAUSE_NANOS = Duration.ofMillis(300).toNanos();

  private final int port;
  private final Random random;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> clients = new ArrayList<>();
  private final ConcurrentLinkedQueue<LoadFigures.Sample> samples = new ConcurrentLinkedQueue<>();
  private volatile Phase phase = new Phase("warming", System.nanoTime());
  private volatile List<SmallRequest> cached;
  private volatile boolean over;

  private record Phase(String name, long since) {}

  private SteadyLoad(int port, long seed, List<SmallRequest> cached) {
    this.port = port;
    this.cached = cached;
    this.random = new Random(seed);
  }

  /**
   * Begins.
   *
   * @param cached requests whose answers the nodes have
   * @param fresh a pull of an image that nobody has pulled before
   */
  static SteadyLoad begin(
      int port, long seed, List<SmallRequest> cached, Supplier<List<SmallRequest>> fresh) {
    var load = new SteadyLoad(port, seed, cached);
    for (int i = 0; i < CLIENTS; i++) {
      load.clients.add(load.threads.submit(() -> load.askCached()));
    }
    load.clients.add(load.threads.submit(() -> load.pullFresh(fresh)));
    return load;
  }

  /** What is asked from now on is counted under this name. */
  void enters(String name) {
    phase = new Phase(name, System.nanoTime());
  }

  /** What is cached and asked for from now on. */
  void turnsTo(List<SmallRequest> others) {
    cached = others;
  }

  private Void askCached() throws InterruptedException {
    while (!over) {
      List<SmallRequest> now = cached;
      ask(now.get(random.nextInt(now.size())), true);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return null;
  }

  private Void pullFresh(Supplier<List<SmallRequest>> fresh) throws InterruptedException {
    while (!over) {
      for (SmallRequest request : fresh.get()) {
        ask(request, false);
      }
      LockSupport.parkNanos(FRESH_PAUSE_NANOS);
    }
    return null;
  }

  private void ask(SmallRequest request, boolean isCached) throws InterruptedException {
    Phase during = phase;
    long begun = System.nanoTime();
    Optional<String> trouble = request.trouble(http, port);
    long took = System.nanoTime() - begun;
    samples.add(new LoadFigures.Sample(during.name, isCached, begun - during.since, took, trouble));
  }

  /** Lets the clients come to their end, and says what they saw. */
  LoadFigures end() throws Exception {
    over = true;
    for (Future<?> client : clients) {
      client.get();
    }
    assertThat(samples).isNotEmpty();
    return new LoadFigures(List.copyOf(samples));
  }

  @Override
  public void close() {
    over = true;
    threads.close();
    http.shutdownNow();
  }
}
