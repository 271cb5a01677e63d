package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.pull.Flights.Part;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.Rule;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks under way: one for each tag in the whole cluster, made by the tag's owner. Confined to
 * one context.
 */
final class TagFlights {

  private static final Logger LOG = LoggerFactory.getLogger(TagFlights.class);

  private final TagState state;
  private final TagCheck check;
  private final OwnerManifests owners;
  private final Tasks tasks;
  private final Flights<Key, CheckOutcome> flights = new Flights<>();

  /**
   * A check.
   *
   * @param isOurs whether this node asks upstream. Another node that asks this one takes part in no
   *     check that waits for an owner: it may be that owner
   */
  private record Key(TagName name, boolean isOurs) {}

  TagFlights(TagState state, TagCheck check, OwnerManifests owners, Tasks tasks) {
    this.state = state;
    this.check = check;
    this.owners = owners;
    this.tasks = tasks;
  }

  /** Takes part in the check of a tag, which is made where it is still due. */
  Part<CheckOutcome> join(Rule rule, TagName name, Purpose purpose) {
    return owners.areOurs(name)
        ? joinOurs(rule, name, purpose)
        : flights.join(
            new Key(name, false),
            purpose,
            rising ->
                tasks.run(
                    () ->
                        owners
                            .check(rule, name, rising, false)
                            .orElseGet(() -> joinOurs(rule, name, rising).result().await())));
  }

  /** The same as the owner, whoever that is. */
  Part<CheckOutcome> joinOurs(Rule rule, TagName name, Purpose purpose) {
    return flights.join(
        new Key(name, true),
        purpose,
        rising -> tasks.run(() -> lookAgainThenAsk(rule, name, rising)));
  }

  /** Takes part in the check of a tag, which is made whether it is due or not. */
  Part<CheckOutcome> joinNow(Rule rule, TagName name, Purpose purpose) {
    return owners.areOurs(name)
        ? joinOursNow(rule, name, purpose)
        : flights.join(
            new Key(name, false),
            purpose,
            rising ->
                tasks.run(
                    () ->
                        owners
                            .check(rule, name, rising, true)
                            .orElseGet(() -> joinOursNow(rule, name, rising).result().await())));
  }

  /** The same as the owner, whoever that is. */
  Part<CheckOutcome> joinOursNow(Rule rule, TagName name, Purpose purpose) {
    return flights.join(
        new Key(name, true),
        purpose,
        rising -> tasks.run(() -> ask(rule, name, state.cached(name), rising)));
  }

  private CheckOutcome lookAgainThenAsk(Rule rule, TagName name, Purpose purpose) {
    Optional<CachedTag> cached = state.cached(name);
    // Nobody but the owner of a tag may know that it is not to be had.
    Optional<Refused> refusal = cached.isPresent() ? Optional.empty() : state.refusal(rule, name);
    if (refusal.isPresent()) {
      return new CheckOutcome.Failed(refusal.get(), refusal.get());
    }
    return cached
        .flatMap(known -> state.unasked(rule, name, known))
        .map(TagFlights::foundMeanwhile)
        .orElseGet(() -> ask(rule, name, cached, purpose));
  }

  private static CheckOutcome foundMeanwhile(Found found) {
    return found
        .staleReason()
        .<CheckOutcome>map(why -> new CheckOutcome.Failed(found, Refusals.uncheckable(why)))
        .orElseGet(() -> new CheckOutcome.Confirmed(found));
  }

  private CheckOutcome ask(Rule rule, TagName name, Optional<CachedTag> cached, Purpose purpose) {
    LOG.debug(
        "{} {}: {} is asked", name, cached.isPresent() ? "is due" : "is not here", rule.upstream());
    return cached.isPresent()
        ? check.again(rule, name, cached.get(), purpose)
        : check.first(rule, name, purpose);
  }
}
