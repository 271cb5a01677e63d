package dev.sluice.deploy;

import dev.sluice.deploy.config.Access;
import dev.sluice.deploy.config.AccessFiles;
import dev.sluice.deploy.config.LoadedAccess;
import dev.sluice.deploy.config.Problem;
import dev.sluice.gateway.access.AccessList;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operator grants now: the configuration's part {@code access} and the files that it
 * names, looked at every two seconds, so that a key or user who was taken away is out within five.
 */
final class LiveAccess implements Supplier<AccessList> {

  private static final Logger LOG = LoggerFactory.getLogger(LiveAccess.class);

  private static final long INTERVAL_MILLIS = 2000;

  private final Supplier<LoadedAccess> configuration;
  private volatile Access access;
  private List<Problem> problems = List.of();
  private List<String> troubles = List.of();
  private volatile AccessList list;

  /**
   * Reads the files that {@code access} names; blocks.
   *
   * @param access as it was when the node started
   * @param configuration as it is now; blocks
   */
  LiveAccess(Access access, Supplier<LoadedAccess> configuration) {
    this.access = access;
    this.configuration = configuration;
    AccessFiles files = AccessFiles.read(access);
    troubles = files.troubles();
    troubles.forEach(LOG::warn);
    list = files.list();
  }

  @Override
  public AccessList get() {
    return list;
  }

  /** Whether the configuration lists no key and no users; a key whose secret is gone is one. */
  boolean namesNobody() {
    return access.keys().isEmpty() && access.users().isEmpty();
  }

  /** Looks again and again, until Vert.x is closed. */
  void watch(Vertx vertx) {
    vertx.setTimer(
        INTERVAL_MILLIS,
        _ -> {
          Future<Void> looked =
              vertx.executeBlocking(
                  () -> {
                    look();
                    return null;
                  });
          looked
              .onFailure(bug -> LOG.error("cannot look for changes of access", bug))
              .onComplete(_ -> watch(vertx));
        });
  }

  /** Looks once, and takes up what has changed; blocks. */
  synchronized void look() {
    switch (configuration.get()) {
      case LoadedAccess.Valid(var now) -> {
        access = now;
        problems = List.of();
      }
      case LoadedAccess.Invalid(var now) -> keepOld(now);
    }
    AccessFiles files = AccessFiles.read(access);
    files.troubles().stream().filter(trouble -> !troubles.contains(trouble)).forEach(LOG::warn);
    troubles = files.troubles();
    if (!files.list().equals(list)) {
      AccessChanges.between(list, files.list()).forEach(LOG::info);
      list = files.list();
    }
  }

  private void keepOld(List<Problem> now) {
    if (!now.equals(problems)) {
      LOG.warn("access stays as it was, for the configuration has mistakes: {}", now);
      problems = now;
    }
  }
}
