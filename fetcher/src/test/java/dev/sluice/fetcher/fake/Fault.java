package dev.sluice.fetcher.fake;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A way to answer wrongly: it may change the request, the answer, or make up its own.
 *
 * <p>Made by {@link AnswerFaults} (what is said) and {@link TravelFaults} (how it travels).
 */
@FunctionalInterface
public interface Fault {

  /** Answers, with or without asking for the right answer. */
  Reply answer(Request request, Function<Request, Reply> right);

  /** This fault, and the other one on top of it. */
  default Fault and(Fault other) {
    return (request, right) -> other.answer(request, inner -> answer(inner, right));
  }

  /** Turns the right answer into another. */
  static Fault changing(UnaryOperator<Reply> change) {
    return (request, right) -> change.apply(right.apply(request));
  }
}
