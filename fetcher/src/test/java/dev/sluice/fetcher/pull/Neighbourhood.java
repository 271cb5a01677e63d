package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Nodes;
import dev.sluice.fetcher.Nodes.Node;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Nodes that ask each other within one process, and can be gone, silent, or unseen. */
final class Neighbourhood {

  /** How long somebody is waited for who is silent. */
  private static final long PATIENCE_MILLIS = 50;

  private final Vertx vertx;
  private final Map<String, House> houses = new ConcurrentHashMap<>();

  private static final class House {
    final Node node;
    final Promise<Buffer> end = Promise.promise();
    volatile Function<Buffer, Future<Buffer>> answers = question -> Future.failedFuture("starts");
    volatile Set<String> unseen = Set.of();
    volatile boolean silent;

    House(Node node) {
      this.node = node;
    }
  }

  Neighbourhood(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Somebody moves in; the others, as he sees them. */
  Nodes moveIn(Node node) {
    House house = new House(node);
    houses.put(node.name(), house);
    return new View(house);
  }

  /** He is gone: nobody sees him any more, and whoever waits for him hears of it. */
  void remove(String name) {
    houses.remove(name).end.tryFail(name + " is gone");
  }

  /** He is seen still, but answers no more, and no question that is open either. */
  void silence(String name) {
    House house = houses.get(name);
    house.silent = true;
    vertx.setTimer(PATIENCE_MILLIS, late -> house.end.tryFail(name + " is silent"));
  }

  /** He says something else to whatever he is asked. */
  void speak(String name, Function<Buffer, Future<Buffer>> answers) {
    houses.get(name).answers = answers;
  }

  /** He says this once, when he is first asked such a thing, and answers rightly from then on. */
  void lieOnce(String name, Predicate<Buffer> when, Buffer lie) {
    House house = houses.get(name);
    var truth = house.answers;
    house.answers =
        question -> {
          if (!when.test(question)) {
            return truth.apply(question);
          }
          house.answers = truth;
          return Future.succeededFuture(lie);
        };
  }

  /** From now on somebody does not see these. */
  void blind(String name, Set<String> unseen) {
    houses.get(name).unseen = unseen;
  }

  private Future<Buffer> ask(Node asked, Buffer question) {
    House house = houses.get(asked.name());
    if (house == null) {
      return Future.failedFuture(asked.name() + " is gone");
    }
    Promise<Buffer> first = Promise.promise();
    house.end.future().onFailure(first::tryFail);
    if (house.silent) {
      vertx.setTimer(PATIENCE_MILLIS, late -> first.tryFail(asked.name() + " is silent"));
    } else {
      house.answers.apply(question).onSuccess(first::tryComplete).onFailure(first::tryFail);
    }
    return first.future();
  }

  /** The neighbourhood, as one of them sees it. */
  private final class View implements Nodes {
    private final House house;

    View(House house) {
      this.house = house;
    }

    @Override
    public Node self() {
      return house.node;
    }

    @Override
    public List<Node> living() {
      return houses.values().stream()
          .map(other -> other.node)
          .filter(node -> !house.unseen.contains(node.name()))
          .sorted(Comparator.comparing(Node::name))
          .toList();
    }

    /** As the cluster does it, the answer comes on the context of whoever asks. */
    @Override
    public Future<Buffer> ask(Node node, Buffer question) {
      ContextInternal caller = ContextInternal.current();
      Promise<Buffer> answer = caller == null ? Promise.promise() : caller.promise();
      Neighbourhood.this.ask(node, question).onComplete(answer);
      return answer.future();
    }

    @Override
    public void answerBy(Function<Buffer, Future<Buffer>> answers) {
      house.answers = answers;
    }
  }
}
