package dev.sluice.metadata;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The rules in force on this node: those of the configuration file, and beside them those that were
 * made through the API. Where both have one prefix the file wins. Used from any thread; its
 * questions never wait.
 */
public final class RuleBook {

  private final List<Rule> fixed;
  private final Rules kept;
  private final UnaryOperator<Rule> completion;
  private final Function<RuleTable, Future<Void>> beforehand;

  /** How often was asked what is kept. */
  private final AtomicLong questions = new AtomicLong();

  private volatile View view;

  /** The answer to the question of a number; a store may answer a later one first. */
  private record View(long number, List<StoredRule> stored, RuleTable table) {}

  /**
   * Holds the file's rules only, until {@link #refresh}.
   *
   * @param fixed the rules of the configuration file
   * @param kept the others
   * @param completion gives each of the others what the configuration says for all rules
   * @param beforehand is told of each table, the first included, before it comes into force; it
   *     does not where this fails
   */
  public RuleBook(
      List<Rule> fixed,
      Rules kept,
      UnaryOperator<Rule> completion,
      Function<RuleTable, Future<Void>> beforehand) {
    this.fixed = List.copyOf(fixed);
    this.kept = kept;
    this.completion = completion;
    this.beforehand = beforehand;
    this.view = view(0, List.of());
  }

  /** Takes up what is kept now; where that cannot be done, what was known stays in force. */
  public Future<Void> refresh() {
    long number = questions.incrementAndGet();
    return kept.all().compose(all -> takeUp(view(number, all)));
  }

  private Future<Void> takeUp(View next) {
    return beforehand
        .apply(next.table)
        .map(
            _ -> {
              putIntoForce(next);
              return null;
            });
  }

  private synchronized void putIntoForce(View next) {
    if (next.number > view.number) {
      view = next;
    }
  }

  /** The rules in force. */
  public RuleTable table() {
    return view.table;
  }

  /** The rules of the configuration file, which only that can change. */
  public List<Rule> fixed() {
    return fixed;
  }

  /** The rules that were made through the API, in ASCII order of their prefixes. */
  public List<StoredRule> stored() {
    return view.stored;
  }

  /** Whether the configuration file has a rule of this prefix. */
  public boolean isFixed(String prefix) {
    return fixed.stream().anyMatch(rule -> rule.prefix().equals(prefix));
  }

  /** Keeps a rule and puts it into force; false where its prefix is taken. */
  public Future<Boolean> create(StoredRule rule) {
    return isFixed(rule.rule().prefix())
        ? Future.succeededFuture(false)
        : thenRefreshed(kept.create(rule));
  }

  /** Changes a rule that was made through the API; empty where there is none of that prefix. */
  public Future<Optional<StoredRule>> amend(String prefix, UnaryOperator<StoredRule> change) {
    return thenRefreshed(kept.amend(prefix, change));
  }

  /** Drops a rule that was made through the API; empty where there is none of that prefix. */
  public Future<Optional<StoredRule>> remove(String prefix) {
    return thenRefreshed(kept.remove(prefix));
  }

  private <T> Future<T> thenRefreshed(Future<T> change) {
    return change.compose(result -> refresh().map(result));
  }

  private View view(long number, List<StoredRule> stored) {
    List<StoredRule> own = stored.stream().filter(rule -> !isFixed(rule.rule().prefix())).toList();
    Stream<Rule> completed = own.stream().map(StoredRule::rule).map(completion);
    return new View(number, own, new RuleTable(Stream.concat(fixed.stream(), completed).toList()));
  }
}
