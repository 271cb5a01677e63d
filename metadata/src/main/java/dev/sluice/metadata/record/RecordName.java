package dev.sluice.metadata.record;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import java.util.Optional;

/** The names of records that belong to no repository, the same in every store. */
public final class RecordName {

  private static final char SEPARATOR = ' ';

  private RecordName() {}

  /** A prefix of names: {@code ROOT} or a repository name; empty for anything else. */
  public static Optional<String> ofPrefix(String prefix) {
    return prefix.equals(Rule.ROOT)
        ? Optional.of(prefix)
        : RepositoryName.parse(prefix).map(RepositoryName::value);
  }

  /**
   * {@code <upstream> <credential>}, which is what a name may be, or nothing; empty where the
   * upstream is no host.
   */
  public static Optional<String> of(Account account) {
    return account.upstream().indexOf(SEPARATOR) < 0
        ? Optional.of(account.upstream() + SEPARATOR + account.credential().orElse(""))
        : Optional.empty();
  }

  /** The account of a name; empty for a name that was not made here. */
  public static Optional<Account> account(String name) {
    int separator = name.indexOf(SEPARATOR);
    return separator < 0
        ? Optional.empty()
        : Optional.of(
            new Account(
                name.substring(0, separator),
                Optional.of(name.substring(separator + 1)).filter(text -> !text.isEmpty())));
  }
}
