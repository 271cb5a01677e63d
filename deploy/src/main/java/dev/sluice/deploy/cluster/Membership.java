package dev.sluice.deploy.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.MultiMapConfig.ValueCollectionType;
import com.hazelcast.config.NetworkConfig;
import java.util.List;

/**
 * How Hazelcast is set up: it knows who is there and who listens to what on the bus, and nothing
 * else. It listens on one address, finds others by the configured list alone, calls nobody's home,
 * and makes objects of no class but its own and the bus's.
 */
final class Membership {

  /** Of a member: what it is called among nodes. */
  static final String NAME = "sluice.name";

  /** Of a member: where its blobs are had, host:port. */
  static final String BLOBS = "sluice.blobs";

  /** A node that hangs is out after so many seconds; its connections reset, it is out at once. */
  private static final String SILENT_SECONDS = "5";

  /** Two nodes that are killed together lose no third one's subscriptions. */
  private static final int BACKUPS = 2;

  private Membership() {}

  static Config of(Seat seat, ClusterSecret secret) {
    Config config = new Config();
    config.setClusterName(secret.clusterName(seat.cluster()));
    config
        .setProperty("hazelcast.phone.home.enabled", "false")
        .setProperty("hazelcast.socket.bind.any", "false")
        // Not by its list of interfaces: members given by host name would have to be in it as well.
        .setProperty("hazelcast.local.localAddress", seat.address())
        .setProperty("hazelcast.shutdownhook.enabled", "false")
        .setProperty("hazelcast.wait.seconds.before.join", "0")
        .setProperty("hazelcast.max.join.seconds", "30")
        .setProperty("hazelcast.heartbeat.interval.seconds", "1")
        .setProperty("hazelcast.max.no.heartbeat.seconds", SILENT_SECONDS)
        // Two halves of a cluster become one again this soon; the default is five minutes.
        .setProperty("hazelcast.merge.first.run.delay.seconds", "5")
        .setProperty("hazelcast.merge.next.run.delay.seconds", "5")
        .setProperty("hazelcast.logging.type", "slf4j")
        // They include the cluster's name, which is what lets a member in.
        .setProperty("hazelcast.logging.details.enabled", "false")
        .setProperty("hazelcast.io.thread.count", "1")
        .setProperty("hazelcast.operation.thread.count", "2")
        .setProperty("hazelcast.operation.generic.thread.count", "2");
    join(config.getNetworkConfig(), seat);
    config.getMemberAttributeConfig().setAttribute(NAME, seat.name());
    config.getMemberAttributeConfig().setAttribute(BLOBS, seat.blobs());
    config.getSerializationConfig().setJavaSerializationFilterConfig(filter());
    config.addMultiMapConfig(
        new MultiMapConfig("__vertx.subs")
            .setBackupCount(BACKUPS)
            .setValueCollectionType(ValueCollectionType.SET));
    config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(BACKUPS));
    config.getJetConfig().setEnabled(false);
    config.getMetricsConfig().setEnabled(false);
    config.getIntegrityCheckerConfig().setEnabled(false);
    return config;
  }

  private static void join(NetworkConfig network, Seat seat) {
    network.setPort(seat.membershipPort()).setPortAutoIncrement(false).setReuseAddress(true);
    network.getJoin().getMulticastConfig().setEnabled(false);
    network.getJoin().getAutoDetectionConfig().setEnabled(false);
    network
        .getJoin()
        .getTcpIpConfig()
        .setEnabled(true)
        .setMembers(seat.members())
        .setConnectionTimeoutSeconds(2);
  }

  private static JavaSerializationFilterConfig filter() {
    var filter = new JavaSerializationFilterConfig();
    filter.setDefaultsDisabled(true);
    // What members throw at each other comes with arrays of these, too.
    for (String home :
        List.of(
            "com.hazelcast.", "io.vertx.spi.cluster.", "java.lang.", "java.util.", "java.io.")) {
      filter.getWhitelist().addPrefixes(home, "[L" + home);
    }
    return filter;
  }
}
