package dev.sluice.deploy.config;

import dev.sluice.fetcher.upstream.AddressGuard;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Rule;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the key {@code rules}, and holds the rules against each other and the rest. */
final class RulesReader {

  private final Policies defaults;
  private final Secrets secrets;
  private final Config.Upstreams upstreams;
  private final boolean isDiskOnly;
  private final AddressGuard guard;

  /**
   * @param isDiskOnly whether there is no bucket to send clients to
   */
  RulesReader(Policies defaults, Secrets secrets, Config.Upstreams upstreams, boolean isDiskOnly) {
    this.defaults = defaults;
    this.secrets = secrets;
    this.upstreams = upstreams;
    this.isDiskOnly = isDiskOnly;
    this.guard = new AddressGuard(upstreams::allows);
  }

  /** The rules, or the well-known ones where nothing is said. */
  List<RuleConfig> read(Entry entry) {
    if (!entry.isPresent()) {
      return WellKnown.rules(defaults);
    }
    Map<String, String> pathByPrefix = new HashMap<>();
    return entry.items().stream().map(item -> rule(item.section(), pathByPrefix)).toList();
  }

  private RuleConfig rule(Section section, Map<String, String> pathByPrefix) {
    RuleConfig config =
        new RuleConfig(
            rule(section),
            section.at("insecure").as(Forms.BOOLEAN).orElse(false),
            section.at("anonymous").as(Forms.BOOLEAN).orElse(false));
    if (isDiskOnly) {
      RedirectReader.refuse(section);
    }
    section.done();
    checkPrefix(section, config.rule().prefix(), pathByPrefix);
    checkEndpoint(section, config);
    checkReach(section, config.rule());
    return config;
  }

  /** What is missing or wrong is reported, and stands here as an empty text. */
  private Rule rule(Section section) {
    String prefix = section.at("prefix").required(Forms.PREFIX).orElse("");
    String upstream = section.at("upstream").required(Targets.UPSTREAM).orElse("");
    Optional<String> upstreamPrefix = section.at("upstreamPrefix").as(Forms.UPSTREAM_PREFIX);
    Optional<URI> endpoint =
        section
            .at("endpoint")
            .as(Targets.URL)
            .or(() -> Optional.ofNullable(upstreams.endpoints().get(upstream)));
    List<String> credentials = credentials(section.at("credential"));
    List<String> realms =
        section.at("tokenRealms").items().stream()
            .flatMap(realm -> realm.as(Targets.TOKEN_REALM).stream())
            .toList();
    Rule rule = new Rule(prefix, upstream, upstreamPrefix, endpoint, credentials, realms, defaults);
    boolean isLimited = rule.isDockerHub() && credentials.isEmpty();
    Policies otherwise = isLimited ? WellKnown.withRequestedOnly(defaults) : defaults;
    Policies policies = PoliciesReader.read(section, otherwise);
    return rule.with(
        policies.withFilters(
            Patterns.filter(section.at("repositories"), Patterns.REPOSITORY),
            Patterns.filter(section.at("tags"), Patterns.TAG)));
  }

  /** One name or a list of names, whose files are there. */
  private List<String> credentials(Entry entry) {
    if (!entry.isList()) {
      return credential(entry).stream().toList();
    }
    List<Entry> items = entry.items();
    if (items.isEmpty()) {
      entry.wrong("is an empty list", Targets.CREDENTIAL.allowed() + ", or a list of such names");
    }
    Set<String> names = new LinkedHashSet<>();
    for (Entry item : items) {
      credential(item)
          .filter(name -> !names.add(name))
          .ifPresent(again -> item.wrong(Quoted.of(again) + " is listed twice", "once a name"));
    }
    return List.copyOf(names);
  }

  private Optional<String> credential(Entry entry) {
    Optional<String> name = entry.as(Targets.CREDENTIAL);
    if (name.isPresent() && secrets.read(name.get()) instanceof Secrets.Unusable(var why)) {
      entry.wrong(why, "a file of {\"username\": ..., \"accessToken\": ...} under secrets.dir");
    }
    return name;
  }

  private static void checkPrefix(
      Section section, String prefix, Map<String, String> pathByPrefix) {
    String path = section.entry().path();
    String earlier = prefix.isEmpty() ? null : pathByPrefix.putIfAbsent(prefix, path);
    if (earlier != null) {
      section
          .at("prefix")
          .wrong(Quoted.of(prefix) + " is the prefix of " + earlier + " too", "one rule a prefix");
    }
  }

  private static void checkEndpoint(Section section, RuleConfig config) {
    config
        .rule()
        .endpoint()
        .filter(url -> url.getScheme().equals("http") && !config.insecure())
        .filter(url -> !Hosts.isLoopback(url.getHost()))
        .ifPresent(
            url ->
                section
                    .at("endpoint")
                    .wrong(
                        Quoted.of(url.toString()) + " is plain http to another machine",
                        "https, a loopback address, or insecure: true on this rule"));
  }

  /** An address that would be refused at every connection is better refused here. */
  private void checkReach(Section section, Rule rule) {
    if (rule.upstream().isEmpty()) {
      return;
    }
    Hosts.literal(rule.address().getHost())
        .filter(address -> !guard.allows(address))
        .ifPresent(
            address ->
                section
                    .at(rule.endpoint().isPresent() ? "endpoint" : "upstream")
                    .wrong(
                        address.getHostAddress() + " is a private address",
                        "public addresses, and private ones that upstreams.allowPrivate lists"));
  }
}
