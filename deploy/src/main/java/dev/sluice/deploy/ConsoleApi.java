package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.gateway.access.AdminAccess;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.gateway.access.Sessions;
import dev.sluice.gateway.console.ConsoleEdge;
import dev.sluice.gateway.console.Decisions;
import dev.sluice.gateway.console.Gathering;
import dev.sluice.gateway.console.NodeReport;
import dev.sluice.gateway.console.RepositoryDesk;
import dev.sluice.gateway.ecr.EcrEdge;
import dev.sluice.gateway.ecr.Registry;
import dev.sluice.metadata.Metadata;
import java.security.SecureRandom;
import java.time.Clock;

/** What stands behind the pages of a node's console, put together. */
final class ConsoleApi {

  private static final int KEY_BYTES = 32;

  private ConsoleApi() {}

  /** Who may come in, and how the node is called. */
  record Places(AdminAccess access, Registry registry) {}

  /**
   * Sessions that every node of the cluster accepts; those of a node on its own end with it.
   *
   * @param access what the operator grants now
   */
  static Sessions sessions(Config config, Clock clock, PullAccess access) {
    byte[] key =
        config
            .cluster()
            .map(cluster -> cluster.secret().derive("sessions of the console"))
            .orElseGet(
                () -> {
                  byte[] own = new byte[KEY_BYTES];
                  new SecureRandom().nextBytes(own);
                  return own;
                });
    return new Sessions(clock, access.list(), key);
  }

  /** Asks this node and the others how they are. */
  static Gathering gathering(FrontDoor.Parts parts) {
    NodeReport report =
        new NodeReport(
            new NodeReport.Sources(
                parts.nodes().self().name(),
                Version.number(),
                parts.clock(),
                parts.rules()::table,
                parts.metrics().activity(),
                parts.metrics().fetching().news(),
                parts.fetcher()::fills,
                parts.facts()));
    Gathering gathering = new Gathering(parts.nodes(), report, parts.clock());
    parts.nodes().answerFirst(gathering::answer);
    return gathering;
  }

  /**
   * The way in.
   *
   * @param ecr answers the operations of the ECR API
   */
  static ConsoleEdge edge(FrontDoor.Parts parts, Places places, EcrEdge ecr, Decisions decisions) {
    Metadata metadata = parts.stores().metadata();
    RepositoryDesk repositories =
        new RepositoryDesk(
            new RepositoryDesk.Parts(
                places.registry,
                parts.rules()::table,
                metadata.repositories(),
                metadata.tags(),
                metadata.catalog(),
                parts.stores().blobs(),
                parts.fetcher(),
                parts.clock(),
                decisions));
    return new ConsoleEdge(
        new ConsoleEdge.Parts(
            parts.vertx(),
            parts.clock(),
            places.access,
            places.registry,
            gathering(parts),
            repositories,
            ecr,
            parts.metrics(),
            parts.config().log().requests()));
  }
}
