package dev.sluice.deploy.config;

import dev.sluice.metadata.redis.RedisSettings;
import dev.sluice.metadata.redis.RedisSettings.Login;
import dev.sluice.metadata.redis.RedisSettings.Mode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** Empty where a problem was added. */
  Optional<RedisSettings> read(Entry entry) {
    Section section = entry.section();
    List<URI> urls = urls(section);
    Mode mode = mode(section);
    Optional<Login> login = login(section);
    Optional<Path> ca = ca(section.at("ca"));
    section.done();
    try {
      return Optional.of(
          new RedisSettings(
              urls, mode, login, ca, RedisSettings.Pool.USUAL, RedisSettings.USUAL_NAMESPACE));
    } catch (IllegalArgumentException mismatch) {
      if (!urls.isEmpty()) {
        entry.wrong("does not fit together: " + mismatch.getMessage(), "");
      }
      return Optional.empty();
    }
  }

  private static List<URI> urls(Section section) {
    Entry many = section.at("urls");
    Entry one = section.at("url");
    if (many.isPresent() && one.isPresent()) {
      many.wrong("is given beside url", "one of both");
    }
    return many.isPresent()
        ? many.items().stream().flatMap(item -> item.as(URL).stream()).toList()
        : one.required(URL).stream().toList();
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
    Optional<String> user = userEntry.as(MASTER);
    Entry fileEntry = section.at("passwordFile");
    Optional<Path> file = fileEntry.as(path);
    if (file.isEmpty()) {
      if (user.isPresent()) {
        userEntry.wrong("is given without passwordFile", "both or none");
      }
      return Optional.empty();
    }
    Optional<String> password = AccessFiles.secret(file.get());
    if (password.isEmpty()) {
      fileEntry.wrong("names the file " + file.get() + ", which is empty or cannot be read", "");
    }
    return password.map(secret -> new Login(user, secret));
  }

  private Optional<Path> ca(Entry entry) {
    Optional<Path> file = entry.as(path);
    file.filter(named -> !Files.isReadable(named))
        .ifPresent(named -> entry.wrong("names the file " + named + ", which cannot be read", ""));
    return file;
  }

  private static Optional<URI> url(String text) {
    try {
      URI url = URI.create(text);
      RedisSettings.of(url);
      return Optional.of(url);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
