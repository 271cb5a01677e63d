package dev.sluice.fetcher.peers;

import dev.sluice.fetcher.Journey;
import dev.sluice.fetcher.Nodes;
import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.fetcher.Span;
import dev.sluice.fetcher.Span.Kind;
import dev.sluice.fetcher.peers.PeerAnswer.Unable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Asks other nodes. */
public final class Colleagues {

  private final Nodes nodes;

  /** Among these nodes. */
  public Colleagues(Nodes nodes) {
    this.nodes = nodes;
  }

  /** The answer of a node, or that it has none; waits, but not for one that is silent. */
  public PeerAnswer ask(Node node, PeerQuestion question) {
    return begin(node, question).await();
  }

  /** Asks without waiting; never fails. */
  public Future<PeerAnswer> begin(Node node, PeerQuestion question) {
    Journey journey = Journey.current();
    Span span =
        journey
            .span()
            .begin("ask another node", Kind.CLIENT)
            .note("sluice.question", question.getClass().getSimpleName())
            .note("sluice.node", node.name());
    return nodes
        .ask(node, QuestionForm.write(question, journey.along(span)))
        .map(answer -> AnswerForm.read(answer, journey))
        .otherwise(silent -> new Unable(String.valueOf(silent.getMessage())))
        .onSuccess(answer -> ended(span, answer));
  }

  private static void ended(Span span, PeerAnswer answer) {
    if (answer instanceof Unable(var why)) {
      span.failed(why);
    }
    span.end();
  }

  /**
   * Asks several at once; the first whose answer fits, empty where none does. One that is silent
   * holds up nothing but a no.
   */
  public Future<Optional<Node>> firstWhere(
      List<Node> those, PeerQuestion question, Predicate<PeerAnswer> fits) {
    Promise<Optional<Node>> first = Promise.promise();
    List<Future<PeerAnswer>> asked =
        those.stream()
            .map(
                node ->
                    begin(node, question)
                        .onSuccess(
                            answer -> {
                              if (fits.test(answer)) {
                                first.tryComplete(Optional.of(node));
                              }
                            }))
            .toList();
    Future.join(asked).onComplete(all -> first.tryComplete(Optional.empty()));
    return first.future();
  }
}
