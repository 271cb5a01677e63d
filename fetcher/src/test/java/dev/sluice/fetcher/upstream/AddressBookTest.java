package dev.sluice.fetcher.upstream;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which addresses of a host are tried, and in which turn. */
final class AddressBookTest {

  private static final Origin REGISTRY =
      Origin.of(URI.create("https://registry.example")).orElseThrow();
  private static final AddressGuard GUARD = new AddressGuard(address -> false);

  private static AddressBook answering(String... addresses) {
    List<InetAddress> all = Stream.of(addresses).map(InetAddress::ofLiteral).toList();
    return book(host -> Future.succeededFuture(all));
  }

  private static AddressBook book(Resolver resolver) {
    return new AddressBook(resolver, GUARD, Duration.ofSeconds(10));
  }

  private static List<String> found(AddressBook book) {
    return await(book.find(REGISTRY)).stream().map(InetAddress::getHostAddress).toList();
  }

  @Test
  void thoseInTheHouseAreLeftOut() {
    assertThat(found(answering("10.0.0.1", "8.8.8.8", "127.0.0.1", "1.1.1.1")))
        .containsExactly("8.8.8.8", "1.1.1.1");
  }

  @Test
  void noneLeftIsSaidWithAnAddressAndWhatToDo() {
    AddressBook book = answering("10.0.0.1", "127.0.0.1");
    assertThatThrownBy(() -> book.find(REGISTRY).await())
        .isInstanceOf(NotSent.class)
        .hasMessage(
            "the address 10.0.0.1 of registry.example is private;"
                + " upstreams.allowPrivate must list it");
  }

  @Test
  void theFamiliesTakeTurnsInTheNameServersOrder() {
    assertThat(found(answering("2a00::1", "2a00::2", "2a00::3", "8.8.8.8", "1.1.1.1")))
        .containsExactly("2a00:0:0:0:0:0:0:1", "8.8.8.8", "2a00:0:0:0:0:0:0:2", "1.1.1.1");
    assertThat(found(answering("8.8.8.8", "1.1.1.1", "2a00::1")))
        .containsExactly("8.8.8.8", "2a00:0:0:0:0:0:0:1", "1.1.1.1");
  }

  @Test
  void theOneThatWasReachedComesFirstUntilItIsLost() {
    AddressBook book = answering("8.8.8.8", "1.1.1.1");
    InetAddress second = InetAddress.ofLiteral("1.1.1.1");
    book.noteReached("registry.example", second);
    assertThat(found(book)).containsExactly("1.1.1.1", "8.8.8.8");
    book.noteLost("registry.example", InetAddress.ofLiteral("8.8.8.8"));
    assertThat(found(book)).containsExactly("1.1.1.1", "8.8.8.8");
    book.noteLost("registry.example", second);
    assertThat(found(book)).containsExactly("8.8.8.8", "1.1.1.1");
  }

  @Test
  void whatWasReachedIsNotKeptAgainstTheNameServer() {
    AddressBook book = answering("8.8.8.8");
    book.noteReached("registry.example", InetAddress.ofLiteral("1.1.1.1"));
    assertThat(found(book)).containsExactly("8.8.8.8");
  }

  @Test
  void oneUpstreamsHostsDoNotUseUpTheResolver() {
    List<Promise<List<InetAddress>>> open = new ArrayList<>();
    AddressBook book =
        book(
            host -> {
              open.add(Promise.promise());
              return open.getLast().future();
            });
    List<Future<List<InetAddress>>> answers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      URI host = URI.create("https://host" + i + ".example");
      answers.add(book.find(Origin.of(host).orElseThrow()));
    }
    assertThat(open).hasSize(4);
    assertThat(answers.subList(4, 100)).allMatch(Future::failed);
    open.forEach(promise -> promise.complete(List.of(InetAddress.ofLiteral("8.8.8.8"))));
    assertThat(answers.subList(0, 4)).allSatisfy(answer -> assertThat(await(answer)).hasSize(1));
    book.find(REGISTRY);
    assertThat(open).hasSize(5);
  }
}
