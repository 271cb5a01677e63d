package dev.sluice.deploy.config;

import dev.sluice.gateway.access.Anonymous;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the key {@code access}.
 *
 * @param checksFiles whether what stands in the files that it names is held against it: so when a
 *     node starts; a running one goes on without what it can no longer read
 */
record AccessReader(Form<Path> path, boolean checksFiles) {

  Access read(Section section) {
    Map<String, String> pathById = new HashMap<>();
    Access access =
        new Access(
            section.at("anonymous").as(Forms.ANONYMOUS).orElse(Anonymous.LOOPBACK),
            section.at("keys").items().stream().map(item -> key(item.section(), pathById)).toList(),
            users(section.at("users")));
    section.done();
    return access;
  }

  private Access.Key key(Section section, Map<String, String> pathById) {
    String id = section.at("id").required(Forms.KEY_ID).orElse("");
    checkOnce(section, id, pathById);
    Entry file = section.at("secretFile");
    Path secretFile = file.required(path).orElse(Path.of(""));
    if (checksFiles && file.isPresent()) {
      checkSecret(file, secretFile);
    }
    List<String> grants = grants(section.at("grants"));
    section.done();
    return new Access.Key(id, secretFile, grants);
  }

  private static void checkOnce(Section section, String id, Map<String, String> pathById) {
    String earlier = id.isEmpty() ? null : pathById.putIfAbsent(id, section.entry().path());
    if (earlier != null) {
      section.at("id").wrong(Quoted.of(id) + " is the id of " + earlier + " too", "one key an id");
    }
  }

  private static void checkSecret(Entry entry, Path file) {
    if (AccessFiles.text(file).isEmpty()) {
      entry.wrong("names the file " + file + ", which cannot be read", "");
    } else if (AccessFiles.secret(file).isEmpty()) {
      entry.wrong("names the file " + file + ", which is empty", "a file with the key's secret");
    }
  }

  private Optional<Access.Users> users(Entry entry) {
    if (!entry.isPresent()) {
      return Optional.empty();
    }
    Section section = entry.section();
    Entry fileEntry = section.at("file");
    Path file = fileEntry.required(path).orElse(Path.of(""));
    if (checksFiles && fileEntry.isPresent()) {
      checkUsers(fileEntry, file);
    }
    Section byName = section.at("grants").section();
    Map<String, List<String>> grants = new LinkedHashMap<>();
    for (String name : byName.keys()) {
      grants.put(name, grants(byName.at(name)));
    }
    section.done();
    return Optional.of(new Access.Users(file, grants));
  }

  private static void checkUsers(Entry entry, Path file) {
    Optional<String> text = AccessFiles.text(file);
    if (text.isEmpty()) {
      entry.wrong("names the file " + file + ", which cannot be read", "");
      return;
    }
    for (Htpasswd.Mistake mistake : Htpasswd.parse(text.get()).mistakes()) {
      Place place = new Place(file.toString(), mistake.line());
      entry.overlay().problems().add(place, "", mistake.what(), mistake.allowed());
    }
  }

  private static List<String> grants(Entry entry) {
    return entry.items().stream().flatMap(item -> item.as(Forms.GRANT).stream()).toList();
  }
}
