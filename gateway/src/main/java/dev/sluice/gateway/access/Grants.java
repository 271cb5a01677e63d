package dev.sluice.gateway.access;

import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.RepositoryName;
import java.util.List;

/**
 * What an operator allows somebody.
 *
 * @param admin whether they may do everything
 * @param pulls the repositories that they may pull besides
 */
public record Grants(boolean admin, List<NamePattern> pulls) {

  /** Nothing at all. */
  public static final Grants NONE = new Grants(false, List.of());

  /** Everything. */
  public static final Grants ADMIN = new Grants(true, List.of());

  /** Copies the list. */
  public Grants {
    pulls = List.copyOf(pulls);
  }

  /** Whether a repository may be pulled, be it there or not. */
  public boolean mayPull(RepositoryName repository) {
    return admin || pulls.stream().anyMatch(pattern -> pattern.matches(repository.value()));
  }
}
