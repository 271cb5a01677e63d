package dev.sluice.deploy.config;

import dev.sluice.deploy.logging.LogFormat;
import dev.sluice.deploy.logging.LogLevel;
import dev.sluice.fetcher.upstream.AddressRange;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import dev.sluice.metadata.redis.RedisSettings;
import dev.sluice.storage.disk.SpaceLimit;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an operator says about a node; every value has been checked.
 *
 * @param listen where clients come in
 * @param management where metrics and health are
 * @param door how they come in
 * @param publicUrl what clients see, without a trailing slash; empty: {@code listen}
 * @param virtualHosts hosts of clients that stand for a prefix each, in lower case, without ports
 * @param data the folder of everything that the node keeps
 * @param account the registry id in the ECR API, 12 digits
 * @param region the region in the ECR API
 * @param defaults for rules that do not say otherwise
 * @param rules in the order of the file
 * @param cluster this node's place in it; empty for a node on its own
 */
public record Config(
    HostPort listen,
    HostPort management,
    DoorConfig door,
    Optional<URI> publicUrl,
    Map<String, String> virtualHosts,
    Path data,
    String account,
    String region,
    Access access,
    Policies defaults,
    List<RuleConfig> rules,
    Secrets secrets,
    Upstreams upstreams,
    Storage storage,
    Metadata metadata,
    Optional<ClusterConfig> cluster,
    Log log,
    Tracing tracing) {

  /** Copies the collections. */
  public Config {
    virtualHosts = Map.copyOf(virtualHosts);
    rules = List.copyOf(rules);
  }

  /**
   * How upstreams are reached, whichever rule asks them.
   *
   * @param allowPrivate private addresses that rules may reach
   * @param endpoints where an upstream is really reached, by its host
   */
  public record Upstreams(List<AddressRange> allowPrivate, Map<String, URI> endpoints) {
    /** Copies both. */
    public Upstreams {
      allowPrivate = List.copyOf(allowPrivate);
      endpoints = Map.copyOf(endpoints);
    }

    /** Whether a private address is opened to rules. */
    public boolean allows(InetAddress address) {
      return allowPrivate.stream().anyMatch(block -> block.contains(address));
    }
  }

  /**
   * Where bytes are kept: in files under the data folder, in any case.
   *
   * @param grace how long those stay that no image lists any more and nobody reads
   * @param maxSize how much of the disk under the data folder they may take
   * @param scrub in which time all of them are read once; empty: never
   * @param s3 the bucket that has a copy of them
   */
  public record Storage(
      Duration grace, SpaceLimit maxSize, Optional<Duration> scrub, S3Config s3) {}

  /** Where bytes can be kept. */
  enum StorageType {
    /** In files under the data folder. */
    DISK,
    /** There, and in a bucket. */
    S3
  }

  /**
   * Where names are kept.
   *
   * @param redis where they are shared with other nodes; a copy is under the data folder
   */
  public record Metadata(Optional<RedisSettings> redis) {}

  /** Where names can be kept. */
  enum MetadataType {
    /** In a file under the data folder. */
    EMBEDDED,
    /** In Redis, which nodes share. */
    REDIS
  }

  /**
   * What is written to standard output.
   *
   * @param requests whether every request has a line of its own
   * @param levels how much loggers say, by name
   */
  public record Log(LogFormat format, boolean requests, Map<String, LogLevel> levels) {
    /** Copies the levels. */
    public Log {
      levels = Map.copyOf(levels);
    }
  }

  /**
   * Who keeps traces of requests.
   *
   * @param endpoint of a collector that takes OTLP over HTTP; empty: nobody
   * @param sample of a hundred requests that come without a trace, how many are traced
   */
  public record Tracing(Optional<URI> endpoint, int sample) {}

  /** This configuration with another data folder. */
  public Config withData(Path folder) {
    return new Config(
        listen,
        management,
        door,
        publicUrl,
        virtualHosts,
        folder,
        account,
        region,
        access,
        defaults,
        rules,
        secrets,
        upstreams,
        storage,
        metadata,
        cluster,
        log,
        tracing);
  }

  /** A rule that was made through the API, with what is said here for all rules. */
  public Rule completed(Rule made) {
    boolean isLimited = made.isDockerHub() && made.credentials().isEmpty();
    return new Rule(
        made.prefix(),
        made.upstream(),
        made.upstreamPrefix(),
        made.endpoint().or(() -> Optional.ofNullable(upstreams.endpoints.get(made.upstream()))),
        made.credentials(),
        made.tokenRealms(),
        isLimited ? WellKnown.withRequestedOnly(defaults) : defaults);
  }

  /** The rules of the file. */
  public List<Rule> fileRules() {
    return rules.stream().map(RuleConfig::rule).toList();
  }

  /** The prefixes of rules whose credential the operator lends to everybody. */
  public Set<String> prefixesForEverybody() {
    return rules.stream()
        .filter(RuleConfig::anonymous)
        .map(rule -> rule.rule().prefix())
        .collect(Collectors.toSet());
  }

  /** The rules as a table. */
  public RuleTable ruleTable() {
    return new RuleTable(rules.stream().map(RuleConfig::rule).toList());
  }

  /** What is valid but will not do what its writer may expect, a sentence each; reads files. */
  public List<String> warnings() {
    return AccessWarnings.of(access, rules);
  }
}
