package dev.sluice.fetcher.pull;

import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.LifecycleImage;
import dev.sluice.metadata.LifecyclePolicy;
import dev.sluice.metadata.LifecyclePolicy.Parsed;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Expires images as the lifecycle policies of their repositories say. A repository whose policy
 * cannot be evaluated holds up no other. Confined to one context.
 */
final class LifecycleExpiry {

  private static final Logger LOG = LoggerFactory.getLogger(LifecycleExpiry.class);

  /**
   * ECR expires images within 24 h of when they could be; there is a look every hour, so a policy
   * may not have to wait for more than 23.
   */
  private static final Duration BETWEEN = Duration.ofHours(23);

  private final Names names;
  private final Removal removal;
  private final Clock clock;
  private boolean isLooking;

  LifecycleExpiry(Names names, Removal removal, Clock clock) {
    this.names = names;
    this.removal = removal;
    this.clock = clock;
  }

  /** Evaluates each policy that is due; does nothing while an earlier look goes on. */
  void look() {
    if (isLooking) {
      return;
    }
    isLooking = true;
    try {
      for (Repository repository : names.repositories().all().await()) {
        repository
            .lifecyclePolicy()
            .filter(text -> isDue(repository))
            .ifPresent(text -> evaluate(repository.name(), text));
      }
    } finally {
      isLooking = false;
    }
  }

  /** Also where the last evaluation lies in the future: the clock was set back. */
  private boolean isDue(Repository repository) {
    Instant now = clock.instant();
    return repository
        .lifecycleEvaluatedAt()
        .filter(at -> !at.isAfter(now) && now.isBefore(at.plus(BETWEEN)))
        .isEmpty();
  }

  private void evaluate(RepositoryName name, String text) {
    try {
      Instant now = clock.instant();
      switch (LifecyclePolicy.parse(text)) {
        case Parsed.Policy(var policy) -> expire(name, policy, now);
        case Parsed.Mistake(var message) ->
            LOG.warn("the lifecycle policy of {} expires nothing: {}", name, message);
      }
      names.repositories().amend(name, known -> evaluated(known, text, now)).await();
    } catch (Exception failure) {
      // await throws whatever a future failed with, checked or not.
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      } else {
        LOG.warn("the lifecycle policy of {} was not evaluated; it is tried again", name, failure);
      }
    }
  }

  private void expire(RepositoryName name, LifecyclePolicy policy, Instant now) {
    List<ImageRecord> images = names.catalog().images(name).await();
    var tags = names.tags().all(name).await();
    long expired =
        policy.expiring(LifecycleImage.of(images, tags), now).stream()
            .filter(expiry -> removal.image(name, expiry.digest()))
            .count();
    if (expired > 0) {
      LOG.info("the lifecycle policy of {} expired {} of {} images", name, expired, images.size());
    }
  }

  /** A policy that was put meanwhile has not been evaluated. */
  private static Repository evaluated(Repository known, String text, Instant at) {
    return known.lifecyclePolicy().filter(text::equals).isPresent() ? known.evaluated(at) : known;
  }
}
