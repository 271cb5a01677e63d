package dev.sluice.gateway.console;

import dev.sluice.fetcher.Nodes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** A cluster whose other nodes answer as the test says, or never do. */
final class FakeNodes implements Nodes {

  private final Node self;
  private final Map<String, Function<Buffer, Future<Buffer>>> others = new ConcurrentHashMap<>();

  FakeNodes(String name) {
    self = new Node(name, "");
  }

  /** Another node, which answers like this. */
  void other(String name, Function<Buffer, Future<Buffer>> answers) {
    others.put(name, answers);
  }

  /** Another node, which is silent. */
  void silent(String name) {
    other(name, _ -> Promise.<Buffer>promise().future());
  }

  /** Another node has left. */
  void gone(String name) {
    others.remove(name);
  }

  @Override
  public Node self() {
    return self;
  }

  @Override
  public List<Node> living() {
    return Stream.concat(Stream.of(self), others.keySet().stream().map(name -> new Node(name, "")))
        .sorted(Comparator.comparing(Node::name))
        .toList();
  }

  @Override
  public Future<Buffer> ask(Node node, Buffer question) {
    return others.get(node.name()).apply(question);
  }

  @Override
  public void answerBy(Function<Buffer, Future<Buffer>> answers) {}
}
