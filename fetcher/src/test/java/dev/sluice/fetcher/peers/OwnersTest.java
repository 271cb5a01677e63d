package dev.sluice.fetcher.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Nodes;
import dev.sluice.fetcher.Nodes.Node;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who owns what. */
class OwnersTest {

  private static final List<String> ALL = List.of("a", "b", "c", "d", "e");

  private static final List<String> KEYS =
      IntStream.range(0, 10_000).mapToObj(i -> "sha256:" + i).toList();

  /** Nodes that are only looked at. */
  private record Seen(Node self, List<Node> living) implements Nodes {

    static Owners by(String self, List<String> living) {
      return new Owners(new Seen(node(self), living.stream().map(Seen::node).toList()));
    }

    private static Node node(String name) {
      return new Node(name, name + ":1");
    }

    @Override
    public Future<Buffer> ask(Node node, Buffer question) {
      throw new AssertionError("nobody is asked");
    }

    @Override
    public void answerBy(Function<Buffer, Future<Buffer>> answers) {}
  }

  private static List<String> order(String self, List<String> living, String key) {
    Owners owners = Seen.by(self, living);
    List<String> ahead = owners.ahead(key).stream().map(Node::name).toList();
    List<String> others = owners.others(key).stream().map(Node::name).toList();
    assertThat(others.subList(0, ahead.size())).isEqualTo(ahead);
    List<String> all = new ArrayList<>(others);
    all.add(ahead.size(), self);
    return all;
  }

  private static String owner(List<String> living, String key) {
    return order(living.getFirst(), living, key).getFirst();
  }

  private static List<String> without(String gone) {
    return ALL.stream().filter(name -> !name.equals(gone)).toList();
  }

  @Test
  void theOrderIsTheSameOnAllNodes() {
    for (String key : KEYS.subList(0, 500)) {
      List<String> order = order("a", ALL, key);
      assertThat(order).containsExactlyInAnyOrderElementsOf(ALL);
      assertThat(ALL).allSatisfy(self -> assertThat(order(self, ALL, key)).isEqualTo(order));
      assertThat(ALL)
          .allSatisfy(
              self ->
                  assertThat(Seen.by(self, ALL).isOurs(key))
                      .isEqualTo(self.equals(order.getFirst())));
    }
  }

  @Test
  void theOrderOfTwoIsTheSameWhoeverElseLives() {
    for (String key : KEYS.subList(0, 500)) {
      for (String gone : ALL) {
        List<String> left = new ArrayList<>(order("a", ALL, key));
        left.remove(gone);
        assertThat(order(without(gone).getFirst(), without(gone), key)).isEqualTo(left);
      }
    }
  }

  @Test
  void whenANodeGoesOnlyItsKeysMove() {
    for (String key : KEYS) {
      String before = owner(ALL, key);
      String after = owner(without("c"), key);
      if (!before.equals("c")) {
        assertThat(after).isEqualTo(before);
      }
    }
  }

  @Test
  void whatANodeLeavesIsSharedByAllOthers() {
    Map<String, Integer> heirs = new HashMap<>();
    KEYS.stream()
        .filter(key -> owner(ALL, key).equals("c"))
        .forEach(key -> heirs.merge(owner(without("c"), key), 1, Integer::sum));
    assertThat(heirs.values()).hasSize(4).allMatch(count -> count > 400 && count < 600);
  }

  @Test
  void eachOwnsItsShare() {
    Map<String, Integer> owned = new HashMap<>();
    KEYS.forEach(key -> owned.merge(owner(ALL, key), 1, Integer::sum));
    assertThat(owned.values()).hasSize(5).allMatch(count -> count > 1_800 && count < 2_200);
  }

  @Test
  void aNodeAloneOwnsEverything() {
    Owners alone = new Owners(Nodes.ALONE);
    assertThat(Stream.of("x", "y")).allMatch(alone::isOurs);
    assertThat(alone.others("x")).isEmpty();
  }

  @Test
  void whoDoesNotSeeItselfFollowsAll() {
    assertThat(Seen.by("z", ALL).ahead("x")).hasSize(5);
  }
}
