package dev.sluice.metadata.shared;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.shared.Changes.Write;
import dev.sluice.metadata.shared.Question.Extent;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The rate limits that a cluster obeys. */
final class SharedRateLimits implements RateLimits {

  private final Questions questions;
  private final Changes changes;

  SharedRateLimits(Questions questions, Changes changes) {
    this.questions = questions;
    this.changes = changes;
  }

  @Override
  public Future<Optional<RateLimit>> find(Account account) {
    return questions.find(new LimitPlace(account));
  }

  @Override
  public Future<RateLimit> amend(Account account, UnaryOperator<RateLimit> change) {
    LimitPlace place = new LimitPlace(account);
    Function<Metadata, Future<RateLimit>> amend =
        metadata -> metadata.rateLimits().amend(account, change);
    return changes.write(
        place, new Write<>(amend, amended -> copy -> place.put(copy, amended), amend::apply));
  }

  @Override
  public Future<Map<Account, RateLimit>> all() {
    Function<Metadata, Future<Map<Account, RateLimit>>> all =
        metadata -> metadata.rateLimits().all();
    return questions.ask(
        new Question<RateLimit, Map<Account, RateLimit>>(
            Extent.REGISTRY, Extent.REGISTRY, all, SharedRateLimits::places));
  }

  private static Map<Place<RateLimit>, RateLimit> places(Map<Account, RateLimit> limits) {
    Map<Place<RateLimit>, RateLimit> places = new HashMap<>();
    limits.forEach((account, limit) -> places.put(new LimitPlace(account), limit));
    return places;
  }
}
