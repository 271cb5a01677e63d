package dev.sluice.deploy.config;

import dev.sluice.deploy.config.Config.MetadataType;
import dev.sluice.fetcher.upstream.AddressRange;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.redis.RedisSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the top of the configuration, key by key; every mistake is added to the problems. */
final class ConfigReader {

  private final Path home;
  private final Form<Path> path;

  ConfigReader(Path home) {
    this.home = home;
    this.path = Targets.path(home);
  }

  /** The configuration; of no use once a problem was added. */
  Config read(Entry entry) {
    Section top = entry.section();
    Access access = new AccessReader(path, true).read(top.at("access").section());
    Config.Storage storage = new StorageReader(path).read(top.at("storage").section());
    Policies defaults = defaults(top, storage);
    Secrets secrets = secrets(top.at("secrets").section());
    Config.Upstreams upstreams = upstreams(top.at("upstreams").section());
    RulesReader rules = new RulesReader(defaults, secrets, upstreams, isDiskOnly(top, storage));
    Optional<URI> publicUrl = top.at("publicUrl").as(Targets.URL);
    HostPort listen = top.at("listen").as(Forms.HOST_PORT).orElse(WellKnown.LISTEN);
    HostPort management = top.at("management").as(Forms.HOST_PORT).orElse(WellKnown.MANAGEMENT);
    Config config =
        new Config(
            listen,
            management,
            new DoorReader(path).read(top),
            publicUrl,
            VirtualHostsReader.read(top.at("virtualHosts").section(), publicUrl),
            top.at("data").as(path).orElse(home.resolve(WellKnown.DATA)),
            top.at("account").as(Forms.ACCOUNT).orElse(WellKnown.ACCOUNT),
            top.at("region").as(Forms.REGION).orElse(WellKnown.REGION),
            access,
            defaults,
            rules.read(top.at("rules")),
            secrets,
            upstreams,
            storage,
            metadata(top.at("metadata").section()),
            cluster(top, listen, management),
            LogReader.read(top.at("log").section()),
            TracingReader.read(top.at("tracing").section()));
    top.done();
    check(top, config);
    return config;
  }

  /** One part of it; of no use once a problem was added. */
  Access readAccess(Entry entry) {
    return new AccessReader(path, false).read(entry.section().at("access").section());
  }

  private static void check(Section top, Config config) {
    if (config.management().clashesWith(config.listen())) {
      top.at("management")
          .wrong(
              config.management() + " is taken by listen, " + config.listen(),
              "another port than that of listen");
    }
    checkShared(top, config);
  }

  /** What is wrong with the metadata has been said: then it is not known whether it is shared. */
  private static void checkShared(Section top, Config config) {
    Entry cluster = top.at("cluster");
    boolean isShared = config.metadata().redis().isPresent();
    if (cluster.isPresent() && !isShared && !top.at("metadata").isWrong()) {
      cluster.wrong("needs metadata that all nodes share", "metadata.type: redis with it");
    }
  }

  /** What is wrong with the storage has been said: then it is not known what it was to be. */
  private static boolean isDiskOnly(Section top, Config.Storage storage) {
    return storage.s3().bucket().isEmpty() && !top.at("storage").isWrong();
  }

  private static Policies defaults(Section top, Config.Storage storage) {
    Section section = top.at("defaults").section();
    boolean redirect = storage.s3().redirects().redirect();
    Policies defaults = PoliciesReader.read(section, WellKnown.POLICIES.withRedirect(redirect));
    if (isDiskOnly(top, storage)) {
      RedirectReader.refuse(section);
    }
    section.done();
    return defaults;
  }

  private Secrets secrets(Section section) {
    Secrets secrets = new Secrets(section.at("dir").as(path));
    section.done();
    return secrets;
  }

  private static Config.Upstreams upstreams(Section section) {
    List<AddressRange> allowed =
        section.at("allowPrivate").items().stream()
            .flatMap(item -> item.as(Targets.ADDRESSES).stream())
            .toList();
    Map<String, URI> endpoints = endpoints(section.at("endpoints").section());
    section.done();
    return new Config.Upstreams(allowed, endpoints);
  }

  private static Map<String, URI> endpoints(Section byHost) {
    Map<String, URI> endpoints = new LinkedHashMap<>();
    for (String host : byHost.keys()) {
      Entry entry = byHost.at(host);
      if (Targets.UPSTREAM.read(host).isEmpty()) {
        entry.wrong(Quoted.of(host) + " is not " + Targets.UPSTREAM.noun(), "");
      }
      Optional<URI> url = entry.as(Targets.URL);
      url.filter(plain -> plain.getScheme().equals("http"))
          .filter(plain -> !Hosts.isLoopback(plain.getHost()))
          .ifPresent(
              plain ->
                  entry.wrong(
                      Quoted.of(plain.toString()) + " is plain http to another machine",
                      "https or a loopback address; else an endpoint on a rule with insecure: true"));
      url.ifPresent(where -> endpoints.put(host, where));
    }
    return endpoints;
  }

  private Config.Metadata metadata(Section section) {
    Entry typeEntry = section.at("type");
    MetadataType type = typeEntry.as(Forms.METADATA_TYPE).orElse(MetadataType.EMBEDDED);
    Entry redis = section.at("redis");
    section.done();
    if (type == MetadataType.EMBEDDED && !redis.isPresent()) {
      return new Config.Metadata(Optional.empty());
    }
    Optional<RedisSettings> settings = new RedisReader(path).read(redis);
    if (type == MetadataType.EMBEDDED && !typeEntry.isWrong()) {
      redis.wrong("is given, but metadata.type is embedded", "metadata.type: redis with it");
    }
    return new Config.Metadata(settings);
  }

  private Optional<ClusterConfig> cluster(Section top, HostPort listen, HostPort management) {
    Map<String, HostPort> taken = Map.of("listen", listen, "management", management);
    return new ClusterReader(path, taken).read(top.at("cluster"));
  }
}
