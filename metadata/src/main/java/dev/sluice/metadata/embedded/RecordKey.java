package dev.sluice.metadata.embedded;

import dev.sluice.metadata.Reference;
import dev.sluice.metadata.RepositoryName;
import java.util.Optional;

/**
 * The keys of records: {@code <repository> <tag or digest>}, at most 391 characters.
 *
 * <p>The space is in no name, and below every character of one. So the keys of {@code a} lie
 * between {@code "a "} and {@code "a!"}, where no key of {@code a/b} or {@code ab} does, and keys
 * in ASCII order are repositories in ASCII order.
 */
final class RecordKey {

  private static final char SEPARATOR = ' ';
  private static final char PAST_SEPARATOR = '!';

  private RecordKey() {}

  static String of(RepositoryName repository, Reference reference) {
    return first(repository) + reference;
  }

  /** Before every key of a repository. */
  static String first(RepositoryName repository) {
    return repository.value() + SEPARATOR;
  }

  /** Past every key of a repository, and before those of the next. */
  static String past(RepositoryName repository) {
    return repository.value() + PAST_SEPARATOR;
  }

  /** The repository of a key; empty for a key that was not made here. */
  static Optional<RepositoryName> repository(String key) {
    int separator = key.indexOf(SEPARATOR);
    return separator < 0 ? Optional.empty() : RepositoryName.parse(key.substring(0, separator));
  }
}
