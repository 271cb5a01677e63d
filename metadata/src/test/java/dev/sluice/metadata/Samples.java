package dev.sluice.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.metadata.Policies.OnDeleted;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.storage.Digest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Values that tests are made of. */
public final class Samples {

  public static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456789Z");
  public static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
  public static final Policies DEFAULTS =
      new Policies(
          new CheckIntervals(Duration.ofHours(24)),
          Duration.ofSeconds(2),
          OnDeleted.SERVE,
          new Platforms.All());

  private Samples() {}

  public static RepositoryName repository(String name) {
    return new RepositoryName(name);
  }

  public static Tag tag(String name) {
    return new Tag(name);
  }

  /** The digest of this text. */
  public static Digest digest(String text) {
    return Digest.sha256(text.getBytes(UTF_8));
  }

  public static TagEntry entry(String content) {
    return new TagEntry(digest(content), MANIFEST_TYPE, NOON);
  }

  public static Member sized(String content, long size) {
    return new Member(digest(content), OptionalLong.of(size));
  }

  public static Member unsized(String content) {
    return new Member(digest(content), OptionalLong.empty());
  }

  public static ImageRecord image(String content, Member... members) {
    return new ImageRecord(digest(content), MANIFEST_TYPE, 1_234, NOON, List.of(members));
  }

  /** A rule that leaves empty what it may. */
  public static Rule rule(String prefix, String upstream) {
    return new Rule(prefix, upstream, DEFAULTS);
  }

  /** A rule with every field set, and no policy at its default. */
  public static Rule fullRule(String prefix) {
    return new Rule(
        prefix,
        "registry.example.com:8443",
        Optional.of("team/mirror"),
        Optional.of(URI.create("http://127.0.0.1:5555")),
        List.of("ecr-pullthroughcache/example", "second", "third"),
        List.of("auth.example.net", "login.example.org:8443"),
        fullPolicies());
  }

  /** The same, made through the API, with every field set. */
  public static StoredRule fullStored(String prefix) {
    return new StoredRule(
        fullRule(prefix),
        NOON,
        NOON.plusSeconds(5),
        Optional.of(
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/hub"),
        Optional.of("arn:aws:iam::123456789012:role/pull"),
        Optional.of("docker-hub"));
  }

  /** A rule that was made through the API and leaves empty what it may. */
  public static StoredRule stored(Rule rule) {
    return new StoredRule(rule, NOON, NOON, Optional.empty(), Optional.empty(), Optional.empty());
  }

  public static StoredRule stored(String prefix, String upstream) {
    return stored(rule(prefix, upstream));
  }

  /** A repository that was made at noon. */
  public static Repository made(RepositoryName name) {
    return new Repository(name, NOON, RepositorySettings.USUAL, Optional.empty());
  }

  /** Settings of which none is the usual one. */
  public static RepositorySettings fullSettings() {
    return new RepositorySettings(
        new TagMutability(
            TagMutability.Mode.IMMUTABLE_WITH_EXCLUSION, List.of(pattern("dev-*"), pattern("*"))),
        true,
        new Encryption("KMS", Optional.of("arn:aws:kms:us-east-1:123456789012:key/1")),
        Map.of("team", "a b", "empty", ""));
  }

  /** A repository with every field set. */
  public static Repository fullRepository(String name) {
    return new Repository(
        repository(name),
        NOON,
        fullSettings(),
        Optional.of("{\"rules\":[]}"),
        Optional.of(NOON.plusSeconds(7)));
  }

  /** A creation template with every field set. */
  public static CreationTemplate fullTemplate(String prefix) {
    return new CreationTemplate(
        prefix,
        Optional.of("for the team"),
        fullSettings(),
        Optional.of("{\"Version\":\"2012-10-17\"}"),
        Optional.of("{\"rules\":[]}"),
        Set.of(CreationTemplate.PULL_THROUGH_CACHE, "REPLICATION"),
        Optional.of("arn:aws:iam::123456789012:role/create"),
        NOON,
        NOON.plusSeconds(9));
  }

  /** A creation template that leaves empty what it may. */
  public static CreationTemplate template(String prefix) {
    return new CreationTemplate(
        prefix,
        Optional.empty(),
        RepositorySettings.USUAL,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        NOON,
        NOON);
  }

  /** An image with every field set. */
  public static ImageRecord fullImage(String content) {
    return new ImageRecord(
        digest(content),
        MANIFEST_TYPE,
        1_234,
        NOON,
        List.of(
            new Member(
                digest("config"), OptionalLong.of(7), Optional.of("application/json"), false)),
        Optional.of("application/vnd.example.signature"),
        Optional.of(digest("subject")),
        Optional.of(NOON.plusSeconds(60)));
  }

  private static Policies fullPolicies() {
    return new Policies(
        new CheckIntervals(
            Duration.ofSeconds(30),
            List.of(
                new TagInterval(pattern("z-*"), Duration.ofDays(30)),
                new TagInterval(pattern("*"), Duration.ofMinutes(10)))),
        Duration.ofMillis(1_500),
        OnDeleted.REFUSE,
        new Platforms.Only(
            List.of(new Platform("linux", "arm", "v7"), new Platform("linux", "amd64", ""))),
        new Filter(List.of(pattern("team/*"), pattern("library/*")), List.of(pattern("*/secret"))),
        new Filter(List.of(), List.of(pattern("*-rc*"))),
        new UpstreamLimits(7, 35),
        true);
  }

  public static NamePattern pattern(String text) {
    return new NamePattern(text);
  }
}
