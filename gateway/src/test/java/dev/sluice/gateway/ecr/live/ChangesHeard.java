package dev.sluice.gateway.ecr.live;

import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.RepositoryName;
import java.util.List;

/** Notes the repositories that are said to have changed. */
record ChangesHeard(List<RepositoryName> repositories) implements NameChanges {
  @Override
  public void repository(RepositoryName repository) {
    repositories.add(repository);
  }
}
