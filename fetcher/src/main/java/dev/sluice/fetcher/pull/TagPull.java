package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.CheckAnswer;
import dev.sluice.fetcher.ManifestAnswer;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.TagIndex;
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

  private final TagIndex tags;
  private final FixedTags fixed;
  private final Shelf shelf;
  private final ManifestFetch manifests;
  private final TagCheck check;
  private final Upstreams upstreams;
  private final Tasks tasks;
  private final Clock clock;
  private final Flights<TagName, CheckOutcome> flights = new Flights<>();

  TagPull(TagCheck.Rooms rooms, TagCheck check, Tasks tasks) {
    this.tags = rooms.tags();
    this.fixed = rooms.fixed();
    this.shelf = rooms.shelf();
    this.manifests = rooms.manifests();
    this.clock = rooms.clock();
    this.upstreams = rooms.upstreams();
    this.check = check;
    this.tasks = tasks;
  }

  /**
   * A manifest by tag.
   *
   * @param rule for the repository; empty where only what is cached can be served
   */
  ManifestAnswer byTag(Optional<Rule> rule, TagName name) {
    Optional<CachedTag> cached = cached(name);
    if (rule.isEmpty()) {
      return cached
          .<ManifestAnswer>map(known -> unruled(name, known))
          .orElseGet(() -> Refusals.noRule(name.repository()));
    }
    Optional<? extends ManifestAnswer> unasked =
        cached.isPresent()
            ? unasked(rule.get(), name, cached.get())
            : manifests.refusal(TagCheck.order(rule.get(), name, Purpose.PULL));
    if (unasked.isPresent()) {
      return unasked.get();
    }
    Optional<String> hindrance = hindrance(rule.get());
    Purpose purpose = cached.isPresent() ? Purpose.CHECK : Purpose.PULL;
    var part =
        flights.join(
            name, purpose, rising -> tasks.run(() -> lookAgainThenAsk(rule.get(), name, rising)));
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
    if (cached(name).isPresent() && fixed.holds(name)) {
      return Refusals.fixed(name);
    }
    var part =
        flights.join(
            name,
            Purpose.PULL,
            rising -> tasks.run(() -> ask(rule.get(), name, cached(name), rising)));
    return switch (part.result().await()) {
      case CheckOutcome.Confirmed(var found) ->
          new CheckAnswer.Confirmed(found.manifest().digest(), checkedAt(found));
      case CheckOutcome.Moved(var from, var found) ->
          new CheckAnswer.Moved(from, found.manifest().digest(), checkedAt(found));
      case CheckOutcome.Failed(_, var why) -> why;
    };
  }

  private static Instant checkedAt(Found found) {
    return found.checkedAt().orElseThrow();
  }

  private Optional<CachedTag> cached(TagName name) {
    return tags.find(name.repository(), name.tag())
        .await()
        .flatMap(
            entry ->
                shelf
                    .find(name.repository(), entry.digest())
                    .map(manifest -> new CachedTag(entry, manifest)));
  }

  private Found unruled(TagName name, CachedTag cached) {
    return cached.stale(
        "no rule covers " + name.repository() + " any more",
        clock.instant().plus(FailedCheck.LONGEST_PAUSE));
  }

  /** The answer of a tag whose check is not due, or failed a moment ago, or would be in vain. */
  private Optional<Found> unasked(Rule rule, TagName name, CachedTag cached) {
    if (isFresh(rule, name, cached)) {
      return Optional.of(check.fresh(rule, name, cached));
    }
    Optional<FailedCheck> failed =
        cached.entry().failed().filter(last -> !last.isOver(clock.instant()));
    if (failed.isEmpty() && fixed.holds(name)) {
      return Optional.of(check.fixed(rule, name, cached));
    }
    return failed.map(last -> cached.stale(last.reason(), last.nextCheck()));
  }

  private boolean isFresh(Rule rule, TagName name, CachedTag cached) {
    return cached.entry().isFresh(clock.instant(), rule.policies().checkIntervals().of(name.tag()));
  }

  private CheckOutcome lookAgainThenAsk(Rule rule, TagName name, Purpose purpose) {
    Optional<CachedTag> cached = cached(name);
    return cached
        .flatMap(known -> unasked(rule, name, known))
        .map(TagPull::foundMeanwhile)
        .orElseGet(() -> ask(rule, name, cached, purpose));
  }

  private static CheckOutcome foundMeanwhile(Found found) {
    return found
        .staleReason()
        .<CheckOutcome>map(why -> new CheckOutcome.Failed(found, Refusals.uncheckable(why)))
        .orElseGet(() -> new CheckOutcome.Confirmed(found));
  }

  private CheckOutcome ask(Rule rule, TagName name, Optional<CachedTag> cached, Purpose purpose) {
    return cached.isPresent()
        ? check.again(rule, name, cached.get(), purpose)
        : check.first(rule, name);
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
    return cached.stale(
        rule.upstream() + " has not said yet where the tag points: " + why, clock.instant());
  }
}
