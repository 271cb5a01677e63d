package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.CheckAnswer;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.Rule;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tag policy. Fresh: no contact with upstream. Due: one check, shared by all who wait, for no
 * longer than the budget. Upstream failing in any way: what is cached, and a word about it.
 */
final class TagPull {

  private static final Logger LOG = LoggerFactory.getLogger(TagPull.class);

  private final TagState state;
  private final TagFlights flights;
  private final Upstreams upstreams;
  private final Clock clock;

  TagPull(TagCheck.Rooms rooms, TagState state, TagFlights flights) {
    this.state = state;
    this.flights = flights;
    this.clock = rooms.clock();
    this.upstreams = rooms.upstreams();
  }

  /**
   * A manifest by tag.
   *
   * @param rule for the repository; empty where only what is cached can be served
   */
  ManifestAnswer byTag(Optional<Rule> rule, TagName name) {
    Optional<CachedTag> cached = state.cached(name);
    if (rule.isEmpty()) {
      return cached
          .<ManifestAnswer>map(known -> unruled(name, known))
          .orElseGet(() -> Refusals.noRule(name.repository()));
    }
    Optional<? extends ManifestAnswer> unasked =
        cached.isPresent()
            ? state.unasked(rule.get(), name, cached.get())
            : state.refusal(rule.get(), name);
    if (unasked.isPresent()) {
      return unasked.get();
    }
    Optional<String> hindrance = hindrance(rule.get());
    Purpose purpose = cached.isPresent() ? Purpose.CHECK : Purpose.PULL;
    var part = flights.join(rule.get(), name, purpose);
    if (cached.isEmpty()) {
      return part.result().await().answer(part.joined());
    }
    // The check goes on behind, and is not waited for where that is in vain.
    return hindrance.isPresent()
        ? unconfirmed(rule.get(), cached.get(), hindrance.get())
        : withinBudget(part, cached.get(), rule.get());
  }

  /**
   * Asks upstream where a tag points, whatever is known of it; takes part in a check under way.
   * Somebody waits for this, so it is as urgent as a pull.
   *
   * @param rule for the repository; empty where there is nobody to ask
   * @return refused for a cached tag that does not move: nothing upstream says would change it
   */
  CheckAnswer check(Optional<Rule> rule, TagName name) {
    if (rule.isEmpty()) {
      return Refusals.noRule(name.repository());
    }
    if (state.cached(name).isPresent() && state.isFixed(name)) {
      return Refusals.fixed(name);
    }
    return switch (flights.joinNow(rule.get(), name, Purpose.PULL).result().await()) {
      case CheckOutcome.Confirmed(var found) ->
          new CheckAnswer.Confirmed(found.manifest().digest(), checkedAt(found));
      case CheckOutcome.Moved(var from, var found) ->
          new CheckAnswer.Moved(from, found.manifest().digest(), checkedAt(found));
      case CheckOutcome.Failed(_, var why) -> why;
    };
  }

  /**
   * A manifest by tag for nobody in particular: where its check is due, that is waited for, and a
   * copy that could not be confirmed is no answer.
   */
  ManifestAnswer confirmed(Rule rule, TagName name) {
    Optional<Found> unasked =
        state
            .cached(name)
            .flatMap(known -> state.unasked(rule, name, known))
            .filter(found -> found.staleReason().isEmpty());
    if (unasked.isPresent()) {
      return unasked.get();
    }
    return now(rule, name, Purpose.COMPLETION);
  }

  /** A manifest by tag as upstream has it at this moment, for somebody who waits. */
  ManifestAnswer current(Rule rule, TagName name) {
    return now(rule, name, Purpose.PULL);
  }

  private ManifestAnswer now(Rule rule, TagName name, Purpose purpose) {
    return switch (flights.joinNow(rule, name, purpose).result().await()) {
      case CheckOutcome.Confirmed(var found) -> found;
      case CheckOutcome.Moved(_, var found) -> found;
      case CheckOutcome.Failed(_, var why) -> why;
    };
  }

  private static Instant checkedAt(Found found) {
    return found.checkedAt().orElseThrow();
  }

  private Found unruled(TagName name, CachedTag cached) {
    return cached.stale(
        "no rule covers " + name.repository() + " any more",
        clock.instant().plus(FailedCheck.LONGEST_PAUSE));
  }

  private ManifestAnswer withinBudget(
      Flights.Part<CheckOutcome> part, CachedTag cached, Rule rule) {
    // When the budget is used up the check goes on behind; who asks after its end gets what it
    // found.
    return part.result()
        .map(outcome -> outcome.answer(part.joined()))
        .timeout(rule.policies().checkBudget().toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(failure -> unconfirmed(rule, cached, delay(failure)))
        .await();
  }

  private static String delay(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return "it takes long to answer";
    }
    LOG.error("a check broke off", failure);
    return "the check failed on this node";
  }

  private Optional<String> hindrance(Rule rule) {
    return upstreams.of(rule).hindrance(Purpose.CHECK, rule.policies().checkBudget());
  }

  /** What is given while the check goes on; whoever comes next may get what it found. */
  private Found unconfirmed(Rule rule, CachedTag cached, String why) {
    LOG.debug("{} is served meanwhile: {}: {}", cached.entry().digest(), rule.upstream(), why);
    return cached.stale(
        rule.upstream() + " has not said yet where the tag points: " + why, clock.instant());
  }
}
