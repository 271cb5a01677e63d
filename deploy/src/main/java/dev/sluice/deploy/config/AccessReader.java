package dev.sluice.deploy.config;

import dev.sluice.gateway.access.Anonymous;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the key {@code access}. */
final class AccessReader {

  private final Form<Path> path;

  AccessReader(Form<Path> path) {
    this.path = path;
  }

  Access read(Section section) {
    Access access =
        new Access(
            section.at("anonymous").as(Forms.ANONYMOUS).orElse(Anonymous.LOOPBACK),
            section.at("keys").items().stream().map(item -> key(item.section())).toList(),
            users(section.at("users")));
    section.done();
    return access;
  }

  private Access.Key key(Section section) {
    String id = section.at("id").required(Forms.KEY_ID).orElse("");
    Path secretFile = readable(section.at("secretFile"));
    List<String> grants = grants(section.at("grants"));
    section.done();
    return new Access.Key(id, secretFile, grants);
  }

  private Optional<Access.Users> users(Entry entry) {
    if (!entry.isPresent()) {
      return Optional.empty();
    }
    Section section = entry.section();
    Path file = readable(section.at("file"));
    Section byName = section.at("grants").section();
    Map<String, List<String>> grants = new LinkedHashMap<>();
    for (String name : byName.keys()) {
      grants.put(name, grants(byName.at(name)));
    }
    section.done();
    return Optional.of(new Access.Users(file, grants));
  }

  private static List<String> grants(Entry entry) {
    return entry.items().stream().flatMap(item -> item.as(Forms.GRANT).stream()).toList();
  }

  /** A file that is there; the empty path stands for one that is not, once that was reported. */
  private Path readable(Entry entry) {
    Optional<Path> file = entry.required(path);
    file.filter(f -> !Files.isRegularFile(f) || !Files.isReadable(f))
        .ifPresent(f -> entry.wrong("names the file " + f + ", which cannot be read", ""));
    return file.orElse(Path.of(""));
  }
}
