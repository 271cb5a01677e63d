package dev.sluice.fetcher.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
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

  /** Upstream does not accept the credential, or it cannot be read; another one may do. */
  record BadLogin<T>(String reason) implements UpstreamAnswer<T> {}

  /**
   * The question did not go out, for a reason that is ours.
   *
   * @param retryAfter when it may; zero where nobody knows
   */
  record Unasked<T>(String reason, Duration retryAfter) implements UpstreamAnswer<T> {

    Unasked(String reason) {
      this(reason, Duration.ZERO);
    }
  }

  /** Upstream sent something else than was asked for. */
  record Wrong<T>(String reason) implements UpstreamAnswer<T> {}

  /** Upstream answered what cannot be used; asking again would bring the same. */
  record Trouble<T>(String reason) implements UpstreamAnswer<T> {}

  /** Upstream is a cache that would ask us, or whom it asks would: 508. */
  record Looped<T>(String reason) implements UpstreamAnswer<T> {}

  /**
   * Upstream cannot be reached, broke off, or failed.
   *
   * @param retryAfter when it says that it may be asked again; zero where it says nothing
   */
  record Down<T>(Kind kind, String reason, Duration retryAfter) implements UpstreamAnswer<T> {

    /** What went wrong. */
    public enum Kind {
      /** A deadline passed; asking again would take as long. */
      SILENT,
      /** The connection failed or broke off; another may not. */
      LOST,
      /** A 5xx, which may be about this question only. */
      FAILING
    }

    /** Trouble on the way to upstream, in the words of its cause. */
    static <T> Down<T> of(Throwable failure) {
      return of("", failure);
    }

    /** Trouble in the words of its cause, behind words that say where. */
    static <T> Down<T> of(String where, Throwable failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      Kind kind = cause instanceof TimeoutException ? Kind.SILENT : Kind.LOST;
      return new Down<>(kind, where + Mishap.words(cause), Duration.ZERO);
    }

    /** It answered, with a failure of its own. */
    static <T> Down<T> failing(String reason, Duration retryAfter) {
      return new Down<>(Kind.FAILING, reason, retryAfter);
    }

    /** Whether asking again at once may help. */
    boolean mayPass() {
      return kind != Kind.SILENT && retryAfter.isZero();
    }
  }

  /** Why upstream gave nothing; empty where it has it, or said that it has not. */
  default Optional<String> trouble() {
    return switch (this) {
      case Got<T> _, Absent<T> _ -> Optional.empty();
      case Limited<T>(var reason, _) -> Optional.of(reason);
      case Denied<T>(var reason) -> Optional.of(reason);
      case BadLogin<T>(var reason) -> Optional.of(reason);
      case Unasked<T>(var reason, _) -> Optional.of(reason);
      case Wrong<T>(var reason) -> Optional.of(reason);
      case Trouble<T>(var reason) -> Optional.of(reason);
      case Looped<T>(var reason) -> Optional.of(reason);
      case Down<T>(_, var reason, _) -> Optional.of(reason);
    };
  }

  /** Goes on with what upstream has; every other answer stays as it is. */
  default <R> UpstreamAnswer<R> then(Function<T, UpstreamAnswer<R>> next) {
    return switch (this) {
      case Got<T>(var value) -> next.apply(value);
      case Absent<T>() -> new Absent<>();
      case Limited<T>(var reason, var retryAfter) -> new Limited<>(reason, retryAfter);
      case Denied<T>(var reason) -> new Denied<>(reason);
      case BadLogin<T>(var reason) -> new BadLogin<>(reason);
      case Unasked<T>(var reason, var after) -> new Unasked<>(reason, after);
      case Wrong<T>(var reason) -> new Wrong<>(reason);
      case Trouble<T>(var reason) -> new Trouble<>(reason);
      case Looped<T>(var reason) -> new Looped<>(reason);
      case Down<T>(var kind, var reason, var after) -> new Down<>(kind, reason, after);
    };
  }
}
