package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.upstream.UpstreamAnswer;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Absent;
import dev.sluice.fetcher.upstream.UpstreamAnswer.BadLogin;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Denied;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Down;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Limited;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Looped;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Trouble;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Unasked;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Wrong;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what an upstream would not give into what a client is told. */
final class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  /** Trouble may be over by then; clients that heed it do not hammer. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final String UNWRITABLE = "its metadata cannot be written";

  private Refusals() {}

  /** No rule covers the name. */
  static Refused noRule(RepositoryName repository) {
    return Refused.absent(
        Reason.NAME_UNKNOWN,
        "no rule covers " + repository + "; write one whose prefix it begins with");
  }

  /**
   * What upstream would not give.
   *
   * @param absent what a 404 of upstream means here
   * @param what was asked for, for the message
   */
  static Refused of(UpstreamAnswer<?> answer, Rule rule, Reason absent, String what) {
    String upstream = rule.upstream();
    return switch (answer) {
      case Got<?> _ -> throw new IllegalArgumentException("upstream gave " + what);
      case Absent<?> _ -> Refused.absent(absent, upstream + " has no " + what);
      case Limited<?>(var reason, var after) ->
          new Refused(
              Reason.TOO_MANY_REQUESTS,
              upstream + " cannot be asked for " + what + " now: " + reason,
              after);
      case Denied<?>(var reason) ->
          Refused.absent(Reason.DENIED, upstream + " refused " + what + ": " + reason);
      case BadLogin<?>(var reason) -> unreached(unavailable(rule, what, reason));
      case Unasked<?>(var reason, var after) -> unreached(unavailable(rule, what, reason, after));
      case Wrong<?>(var reason) -> unavailable(rule, what, reason);
      case Trouble<?>(var reason) -> unavailable(rule, what, reason);
      case Looped<?>(var reason) ->
          Refused.absent(
              Reason.LOOP_DETECTED, upstream + " could not be asked for " + what + ": " + reason);
      case Down<?>(var kind, var reason, var after) when kind == Down.Kind.FAILING ->
          unavailable(rule, what, reason, after);
      case Down<?>(_, var reason, var after) -> unreached(unavailable(rule, what, reason, after));
    };
  }

  /** It may be this node's way to upstream that is blocked, or its credential that is wrong. */
  private static Refused unreached(Refused refused) {
    return new Refused(refused.reason(), refused.message(), refused.retryAfter(), true);
  }

  /** This node is in trouble: its disk. */
  static Refused unstorable(String what, String reason) {
    return new Refused(
        Reason.UNAVAILABLE, "this node cannot store " + what + ": " + reason, SOON, true);
  }

  /** The same, where what failed was told already. */
  static Refused unrecorded(String what) {
    return unstorable(what, UNWRITABLE);
  }

  /** This node is in trouble: its metadata. */
  static Refused unrecordable(String what, Throwable failure) {
    return unstorable(what, unwritable(what, failure));
  }

  /** Why something cannot be recorded, in words without paths; the whole of it is logged. */
  static String unwritable(String what, Throwable failure) {
    LOG.warn("{} cannot be recorded: {}", what, failure.toString());
    return UNWRITABLE;
  }

  /** Something was deleted while this was on its way. */
  static Refused overtaken(String what) {
    return new Refused(
        Reason.UNAVAILABLE, "something was deleted while " + what + " was fetched", SOON);
  }

  /** Nobody may be asked where a tag points. */
  static Refused fixed(TagName name) {
    return Refused.absent(
        Reason.DENIED,
        name.repository()
            + " is set so that "
            + name.tag()
            + " does not move, so it is not checked");
  }

  /** Upstream sends other bytes than asked for. */
  static Refused wrong(Rule rule, String what, String reason, Duration after) {
    return new Refused(
        Reason.UNAVAILABLE,
        rule.upstream()
            + " sent something else for "
            + what
            + ": "
            + reason
            + "; it is asked again after "
            + after.toSeconds()
            + " s",
        after);
  }

  /** A check failed a moment ago, for this reason. */
  static Refused uncheckable(String reason) {
    return new Refused(Reason.UNAVAILABLE, reason, SOON);
  }

  /** Whoever asks this was asked by this registry. */
  static Refused loop(Rule rule, RepositoryName repository) {
    return Refused.absent(
        Reason.LOOP_DETECTED,
        "this question for "
            + repository
            + " has come through this registry already; correct the upstream or endpoint of the rule "
            + rule.prefix()
            + ", which leads back here");
  }

  /** Upstream is in trouble. */
  static Refused unavailable(Rule rule, String what, String reason) {
    return unavailable(rule, what, reason, SOON);
  }

  private static Refused unavailable(Rule rule, String what, String reason, Duration after) {
    return new Refused(
        Reason.UNAVAILABLE,
        rule.upstream() + " could not be asked for " + what + ": " + reason,
        after.compareTo(SOON) > 0 ? after : SOON);
  }
}
