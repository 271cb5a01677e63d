package dev.sluice.gateway.access;

import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.RepositoryName;
import java.util.List;
import java.util.Optional;

/**
 * What an operator allows somebody.
 *
 * @param admin whether they may do everything
 * @param pulls the repositories that they may pull besides
 */
public record Grants(boolean admin, List<NamePattern> pulls) {

  private static final String EVERYTHING = "admin";
  private static final String PULL = "pull:";

  /** Nothing at all. */
  public static final Grants NONE = new Grants(false, List.of());

  /** Everything. */
  public static final Grants ADMIN = new Grants(true, List.of());

  /** Copies the list. */
  public Grants {
    pulls = List.copyOf(pulls);
  }

  /** Reads one grant; empty where it is none. */
  public static Optional<Grants> parse(String text) {
    if (text.equals(EVERYTHING)) {
      return Optional.of(ADMIN);
    }
    return text.startsWith(PULL)
        ? NamePattern.parse(text.substring(PULL.length()))
            .map(pattern -> new Grants(false, List.of(pattern)))
        : Optional.empty();
  }

  /** What these grants allow together; what is no grant allows nothing. */
  public static Grants of(List<String> texts) {
    List<Grants> grants = texts.stream().flatMap(text -> parse(text).stream()).toList();
    return new Grants(
        grants.stream().anyMatch(Grants::admin),
        grants.stream().flatMap(grant -> grant.pulls.stream()).toList());
  }

  /** Whether a repository may be pulled, be it there or not. */
  public boolean mayPull(RepositoryName repository) {
    return admin || pulls.stream().anyMatch(pattern -> pattern.matches(repository.value()));
  }
}
