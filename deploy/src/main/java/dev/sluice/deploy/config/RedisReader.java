package dev.sluice.deploy.config;

import dev.sluice.metadata.redis.RedisSettings;
import dev.sluice.metadata.redis.RedisSettings.Login;
import dev.sluice.metadata.redis.RedisSettings.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Optional;

/** Reads the key {@code metadata.redis}. */
record RedisReader(Form<Path> path) {

  private static final Form<URI> URL =
      new Form<>(
          "the address of a Redis",
          "redis://host:port, or rediss://host:port over TLS; the password stands in passwordFile",
          RedisReader::url);

  private static final Form<String> MASTER =
      new Form<>(
          "the name of a master",
          "as the sentinels call it, such as mymaster",
          text -> Optional.of(text).filter(name -> name.matches("[A-Za-z0-9._-]{1,64}")));

  private static final Form<String> USER =
      new Form<>(
          "a user of Redis",
          "1 to 64 characters without spaces, such as sluice",
          text -> Optional.of(text).filter(name -> name.matches("[!-~]{1,64}")));

  /** Empty where a problem was added. */
  Optional<RedisSettings> read(Entry entry) {
    Section section = entry.section();
    List<URI> urls = urls(section);
    Mode mode = mode(section);
    Optional<Login> login = login(section);
    Entry caEntry = section.at("ca");
    Optional<Path> ca = ca(caEntry);
    section.done();
    if (entry.isWrong()) {
      return Optional.empty();
    }
    try {
      RedisSettings settings =
          new RedisSettings(
              urls, mode, login, ca, RedisSettings.Pool.USUAL, RedisSettings.USUAL_NAMESPACE);
      if (ca.isPresent() && !settings.isTls()) {
        caEntry.wrong("is given, but Redis is spoken to without TLS", "rediss:// with it");
      }
      return Optional.of(settings);
    } catch (IllegalArgumentException mismatch) {
      entry.wrong("does not fit together: " + mismatch.getMessage(), "");
      return Optional.empty();
    }
  }

  private static List<URI> urls(Section section) {
    Entry many = section.at("urls");
    Entry one = section.at("url");
    if (!many.isPresent()) {
      return one.required(URL).stream().toList();
    }
    if (one.isPresent()) {
      one.as(URL);
      many.wrong("is given beside url", "one of both");
    }
    List<Entry> items = many.items();
    if (items.isEmpty() && !many.isWrong()) {
      many.wrong("is an empty list", "one address or more");
    }
    return items.stream().flatMap(item -> item.as(URL).stream()).toList();
  }

  private static Mode mode(Section section) {
    Entry masterEntry = section.at("master");
    Optional<String> master = masterEntry.as(MASTER);
    boolean isCluster = section.at("cluster").as(Forms.BOOLEAN).orElse(false);
    if (master.isPresent() && isCluster) {
      masterEntry.wrong("is given beside cluster: true", "sentinels or a Redis Cluster");
    }
    return isCluster
        ? new Mode.Cluster()
        : master.<Mode>map(Mode.Sentinel::new).orElseGet(Mode.Standalone::new);
  }

  private Optional<Login> login(Section section) {
    Entry userEntry = section.at("user");
    Optional<String> user = userEntry.as(USER);
    Entry fileEntry = section.at("passwordFile");
    Optional<Path> file = fileEntry.as(path);
    if (user.isPresent() && !fileEntry.isPresent()) {
      userEntry.wrong("is given without passwordFile", "both or none");
    }
    Optional<String> password = file.flatMap(AccessFiles::secret);
    if (file.isPresent() && password.isEmpty()) {
      fileEntry.wrong("names the file " + file.get() + ", which is empty or cannot be read", "");
    }
    return password.map(secret -> new Login(user, secret));
  }

  private Optional<Path> ca(Entry entry) {
    Optional<Path> file = entry.as(path);
    file.filter(named -> !holdsCertificates(named))
        .ifPresent(
            named ->
                entry.wrong(
                    "names the file " + named + ", which cannot be read as certificates",
                    "a PEM file of the authorities that may vouch for Redis"));
    return file;
  }

  private static boolean holdsCertificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return !CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty();
    } catch (IOException | CertificateException unreadable) {
      return false;
    }
  }

  private static Optional<URI> url(String text) {
    try {
      URI url = URI.create(text);
      RedisSettings.of(url);
      return Optional.of(url).filter(at -> at.getPort() != 0 && at.getPort() <= 65_535);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
