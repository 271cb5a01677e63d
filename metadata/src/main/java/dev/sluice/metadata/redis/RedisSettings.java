package dev.sluice.metadata.redis;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where Redis is, and how it is used.
 *
 * @param urls {@code redis://host:port} or, over TLS, {@code rediss://host:port}: of the server, of
 *     the sentinels, or of some nodes of the cluster; without credentials, path or query
 * @param login as which user; empty where Redis asks for none. Sentinels are asked with the same
 * @param trustedCa a PEM file of the authorities that may vouch for Redis; empty: the system's
 * @param namespace what every key and channel begins with, before a colon
 */
public record RedisSettings(
    List<URI> urls,
    Mode mode,
    Optional<Login> login,
    Optional<Path> trustedCa,
    Pool pool,
    String namespace) {

  /** The namespace that the shipped list of permissions is for. */
  public static final String USUAL_NAMESPACE = "sluice";

  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9-]{1,32}");

  /**
   * Checks each part.
   *
   * @throws IllegalArgumentException with a reason for people
   */
  public RedisSettings {
    urls = List.copyOf(urls);
    urls.forEach(RedisSettings::check);
    Set<String> schemes = new HashSet<>();
    urls.forEach(url -> schemes.add(url.getScheme()));
    require(schemes.size() == 1, "one or more URLs, all with TLS or all without");
    require(
        urls.size() == 1 || !(mode instanceof Mode.Standalone),
        "one URL, unless they are of sentinels or of a Redis Cluster");
    require(NAMESPACE.matcher(namespace).matches(), "a namespace of a-z, 0-9 and -, at most 32");
  }

  /** One server without a password, which suits tests and a trusted network. */
  public static RedisSettings of(URI url) {
    return new RedisSettings(
        List.of(url),
        new Mode.Standalone(),
        Optional.empty(),
        Optional.empty(),
        Pool.USUAL,
        USUAL_NAMESPACE);
  }

  /** The same with another pool. */
  public RedisSettings with(Pool other) {
    return new RedisSettings(urls, mode, login, trustedCa, other, namespace);
  }

  /** Whether Redis is spoken to over TLS. */
  public boolean isTls() {
    return urls.getFirst().getScheme().equals("rediss");
  }

  /** How several servers work together. */
  public sealed interface Mode {

    /** One server. */
    record Standalone() implements Mode {}

    /** Sentinels know which of several servers is the master; the URLs are theirs. */
    record Sentinel(String master) implements Mode {}

    /** Redis Cluster: each of several masters has a part of the keys. */
    record Cluster() implements Mode {}
  }

  /** A user and a password; without a user the default one. */
  public record Login(Optional<String> user, String password) {
    @Override
    public String toString() {
      return "Login[user=" + user + "]";
    }
  }

  /**
   * What of Redis is used at most, of each server.
   *
   * @param connections 1 or more
   * @param waiting how many requests may wait for a connection before more of them fail
   */
  public record Pool(int connections, int waiting) {

    /** Enough for some 10 000 requests per second. */
    public static final Pool USUAL = new Pool(8, 1_024);

    /** Checks the numbers. */
    public Pool {
      require(connections >= 1 && waiting >= connections, "1 <= connections <= waiting");
    }
  }

  private static void check(URI url) {
    String scheme = url.getScheme();
    require("redis".equals(scheme) || "rediss".equals(scheme), "a URL of redis:// or rediss://");
    require(url.getHost() != null, "a host in each URL");
    require(url.getRawUserInfo() == null, "the password apart from the URL, where logs show it");
    require(
        (url.getRawPath() == null || url.getRawPath().isEmpty())
            && url.getRawQuery() == null
            && url.getRawFragment() == null,
        "nothing behind host and port in a URL");
  }

  private static void require(boolean met, String what) {
    if (!met) {
      throw new IllegalArgumentException("Redis needs " + what);
    }
  }
}
