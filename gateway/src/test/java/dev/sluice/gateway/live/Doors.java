package dev.sluice.gateway.live;

import dev.sluice.gateway.access.AccessList;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.access.OpenRepositories;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.metadata.RepositoryName;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;

/** What gateways of tests let in. */
public final class Doors {

  /** By which clients know the gateways of tests. */
  public static final URI PUBLIC_URL = URI.create("https://cache.example");

  /** Everybody may pull everything. */
  public static final PullAccess OPEN = anonymous(Anonymous.PULL, repository -> true);

  private Doors() {}

  /** Nobody can log in. */
  public static PullAccess anonymous(Anonymous anonymous, Predicate<RepositoryName> open) {
    AccessList nobody = AccessList.of(anonymous, List.of(), List.of());
    return PullAccess.of(Clock.systemUTC(), () -> nobody, except(open), PUBLIC_URL);
  }

  /** Open as the predicate says, which closes something. */
  public static OpenRepositories except(Predicate<RepositoryName> open) {
    return new OpenRepositories() {
      @Override
      public boolean includes(RepositoryName repository) {
        return open.test(repository);
      }

      @Override
      public boolean isEverything() {
        return false;
      }
    };
  }
}
