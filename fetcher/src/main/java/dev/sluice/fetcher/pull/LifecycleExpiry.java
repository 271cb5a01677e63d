package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.peers.Owners;
import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.LifecycleImage;
import dev.sluice.metadata.LifecyclePolicy;
import dev.sluice.metadata.LifecyclePolicy.Expiry;
import dev.sluice.metadata.LifecyclePolicy.Parsed;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
  private final Tasks tasks;
  private final Clock clock;
  private final Owners owners;
  private boolean isLooking;

  /**
   * @param owners of repositories: each expires its own
   */
  LifecycleExpiry(Removal removal, Tasks tasks, Clock clock, Owners owners) {
    this.owners = owners;
    this.names = removal.names();
    this.removal = removal;
    this.tasks = tasks;
    this.clock = clock;
  }

  /** Evaluates each policy that is due; does nothing while an earlier look goes on. */
  void look() {
    if (isLooking) {
      return;
    }
    isLooking = true;
    try {
      for (Repository repository : tasks.aside(names.repositories()::all).await()) {
        if (owners.isOurs(repository.name().value()) && duePolicy(repository).isPresent()) {
          evaluate(repository.name());
        }
      }
    } finally {
      isLooking = false;
    }
  }

  private Optional<String> duePolicy(Repository repository) {
    return repository.lifecyclePolicy().filter(_ -> isDue(repository));
  }

  /** Also where the last evaluation lies in the future: the clock was set back. */
  private boolean isDue(Repository repository) {
    Instant now = clock.instant();
    return repository
        .lifecycleEvaluatedAt()
        .filter(at -> !at.isAfter(now) && now.isBefore(at.plus(BETWEEN)))
        .isEmpty();
  }

  private void evaluate(RepositoryName name) {
    try {
      // A look takes its time: what was due at its beginning may be withdrawn.
      names
          .repositories()
          .find(name)
          .await()
          .flatMap(this::duePolicy)
          .ifPresent(text -> evaluate(name, text));
    } catch (Exception failure) {
      // await throws whatever a future failed with, checked or not.
      if (failure instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      } else {
        LOG.warn("the lifecycle policy of {} was not evaluated; it is tried again", name, failure);
      }
    }
  }

  private void evaluate(RepositoryName name, String text) {
    Instant now = clock.instant();
    switch (LifecyclePolicy.parse(text)) {
      case Parsed.Policy(var policy) ->
          expire(
              name,
              (repository, images) ->
                  repository.filter(known -> has(known, text)).isPresent()
                      ? expiring(policy, images, now)
                      : Set.of());
      case Parsed.Mistake(var message) ->
          LOG.warn("the lifecycle policy of {} expires nothing: {}", name, message);
    }
    UnaryOperator<Repository> evaluated = known -> has(known, text) ? known.evaluated(now) : known;
    tasks.aside(() -> names.repositories().amend(name, evaluated)).await();
  }

  /** Mostly nothing expires; then nothing is changed, and no work under way is overtaken. */
  private void expire(RepositoryName name, Catalog.Selection expiring) {
    if (!tasks.aside(() -> chosen(name, expiring)).await().isEmpty()) {
      int expired = removal.images(name, expiring).size();
      LOG.info("the lifecycle policy of {} expired {} images", name, expired);
    }
  }

  private Future<Set<Digest>> chosen(RepositoryName name, Catalog.Selection which) {
    var repository = names.repositories().find(name);
    var images = names.catalog().images(name);
    var tags = names.tags().all(name);
    return Future.all(repository, images, tags)
        .map(_ -> which.of(repository.result(), LifecycleImage.of(images.result(), tags.result())));
  }

  private static Set<Digest> expiring(
      LifecyclePolicy policy, List<LifecycleImage> images, Instant now) {
    return policy.expiring(images, now).stream().map(Expiry::digest).collect(Collectors.toSet());
  }

  /** A policy that was withdrawn expires nothing; one that was put meanwhile is not evaluated. */
  private static boolean has(Repository repository, String policy) {
    return repository.lifecyclePolicy().filter(policy::equals).isPresent();
  }
}
