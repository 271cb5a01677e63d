package dev.sluice.fetcher.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.metadata.Rule;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host with several addresses is reached while one of them can be. */
class SeveralAddressesTest {

  @TempDir Path folder;
  @AutoClose private Bench bench;

  private void open(Duration connect, String... addresses) {
    List<InetAddress> all = Stream.of(addresses).map(InetAddress::ofLiteral).toList();
    Duration long20 = Duration.ofSeconds(20);
    bench =
        new Bench(
            folder,
            BenchOptions.plain()
                .guard(new AddressGuard(address -> true))
                .deadlines(new Deadlines(connect, long20, long20))
                .resolver(host -> Future.succeededFuture(all)));
    bench.use(rule(URI.create(bench.registry.url()).getPort()));
  }

  private static Rule rule(int port) {
    return new Rule(
        "up",
        "registry.example",
        Optional.empty(),
        Optional.of(URI.create("http://registry.example:" + port)),
        List.of(),
        List.of(),
        Bench.POLICIES);
  }

  @Test
  void anAddressThatRefusesGivesWayToTheNext() {
    open(Duration.ofSeconds(20), "127.0.0.2", "127.0.0.3", "127.0.0.1");
    bench.registry.image("app", "latest").push();
    bench.found("up/app", "latest");
    assertThat(bench.registry.requests()).hasSize(1);
  }

  @Test
  void whereEveryAddressRefusesItIsSaid() {
    open(Duration.ofSeconds(20), "127.0.0.2", "127.0.0.3");
    var refused = bench.refused("up/app", "latest");
    assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(refused.message()).containsIgnoringCase("connection refused");
  }

  @Test
  void anAddressThatDropsPacketsGivesWayWithinTheTimeForConnecting() throws IOException {
    open(Duration.ofSeconds(2), "127.0.0.2", "127.0.0.1");
    bench.registry.image("app", "latest").push();
    bench.registry.image("app", "other").layer(9).push();
    try (Drain silent = new Drain("127.0.0.2", URI.create(bench.registry.url()).getPort())) {
      bench.found("up/app", "latest");
      // The address that was reached comes first now, so that the silent one costs nothing.
      int before = bench.registry.connections();
      bench.found("up/app", "other");
      assertThat(bench.registry.connections()).isEqualTo(before);
      assertThat(silent.isFull()).isTrue();
    }
  }

  /** An address whose line of callers is full: the kernel drops whoever comes then. */
  private static final class Drain implements AutoCloseable {
    private static final int MOST = 20;

    private final ServerSocket server;
    private final List<Socket> callers = new ArrayList<>();
    private boolean full;

    Drain(String address, int port) throws IOException {
      server = new ServerSocket(port, 1, InetAddress.ofLiteral(address));
      while (!full && callers.size() < MOST) {
        Socket caller = new Socket();
        callers.add(caller);
        try {
          caller.connect(new InetSocketAddress(address, port), 500);
        } catch (SocketTimeoutException dropped) {
          full = true;
        }
      }
    }

    boolean isFull() {
      return full;
    }

    @Override
    public void close() throws IOException {
      for (Socket caller : callers) {
        caller.close();
      }
      server.close();
    }
  }
}
