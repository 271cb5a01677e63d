package dev.sluice.gateway.access;

import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.RepositoryName;
import java.util.List;

/**
 * What somebody may do.
 *
 * @param admin everything
 * @param pulls the repositories that may be pulled from
 */
public record Grants(boolean admin, List<NamePattern> pulls) {

  /** Nothing at all. */
  public static final Grants NONE = new Grants(false, List.of());

  /** Copies the patterns. */
  public Grants {
    pulls = List.copyOf(pulls);
  }

  /** Whether a repository may be pulled from. */
  public boolean mayPull(RepositoryName repository) {
    return admin || pulls.stream().anyMatch(pattern -> pattern.matches(repository.value()));
  }
}
