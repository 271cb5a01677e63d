package dev.sluice.fetcher.upstream;

import java.time.Duration;
import java.util.function.Function;

/** What came of asking an upstream. */
public sealed interface UpstreamAnswer<T> {

  /** Upstream has it. */
  record Got<T>(T value) implements UpstreamAnswer<T> {}

  /** Upstream said that it has no such thing: 404 or 410, and nothing else. */
  record Absent<T>() implements UpstreamAnswer<T> {}

  /** Upstream's rate limit is used up, or what is left of it is not for this. */
  record Limited<T>(String reason, Duration retryAfter) implements UpstreamAnswer<T> {}

  /** Upstream knows us and forbids it: 403. */
  record Denied<T>(String reason) implements UpstreamAnswer<T> {}

  /** Upstream sent something else than was asked for. */
  record Wrong<T>(String reason) implements UpstreamAnswer<T> {}

  /** Upstream answered what cannot be used; asking again would bring the same. */
  record Trouble<T>(String reason) implements UpstreamAnswer<T> {}

  /** Upstream cannot be reached, broke off, or failed: a 5xx. Asking again may help. */
  record Down<T>(String reason) implements UpstreamAnswer<T> {

    /** Trouble on the way to upstream, in the words of its cause. */
    static <T> Down<T> of(Throwable failure) {
      return of("", failure);
    }

    /** Trouble in the words of its cause, behind words that say where. */
    static <T> Down<T> of(String where, Throwable failure) {
      return new Down<>(where + Mishap.words(failure));
    }
  }

  /** Goes on with what upstream has; every other answer stays as it is. */
  default <R> UpstreamAnswer<R> then(Function<T, UpstreamAnswer<R>> next) {
    return switch (this) {
      case Got<T>(var value) -> next.apply(value);
      case Absent<T>() -> new Absent<>();
      case Limited<T>(var reason, var retryAfter) -> new Limited<>(reason, retryAfter);
      case Denied<T>(var reason) -> new Denied<>(reason);
      case Wrong<T>(var reason) -> new Wrong<>(reason);
      case Trouble<T>(var reason) -> new Trouble<>(reason);
      case Down<T>(var reason) -> new Down<>(reason);
    };
  }
}
