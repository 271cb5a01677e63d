package dev.sluice.fetcher;

import dev.sluice.fetcher.Span.Kind;
import java.util.function.UnaryOperator;

/** Begins this node's parts of traces. Called from any thread. */
@FunctionalInterface
public interface Tracing {

  /** Keeps none. */
  Tracing OFF = (name, kind, headers) -> Span.NONE;

  /**
   * Begins the outermost part on this node.
   *
   * @param name one of a fixed few; what a client sent is noted, and never a name
   * @param headers the value of a header of whoever asked, null where there is none: his trace is
   *     continued (W3C Trace Context), though he is not known
   */
  Span begin(String name, Kind kind, UnaryOperator<String> headers);
}
