package dev.sluice.deploy.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A mapping being read: it knows which keys were asked for, so that all others are mistakes. */
final class Section {

  private final Entry entry;
  private final Map<String, Yaml> entries;
  private final Set<String> known = new LinkedHashSet<>();

  Section(Entry entry, Optional<Yaml.Mapping> mapping) {
    this.entry = entry;
    this.entries = new LinkedHashMap<>(mapping.map(Yaml.Mapping::entries).orElse(Map.of()));
  }

  /** What stands at a key, which is known from now on. */
  Entry at(String key) {
    known.add(key);
    return child(key);
  }

  /** The mapping's keys, for one whose keys are names that the operator gives. */
  Set<String> keys() {
    return entries.keySet();
  }

  /** Where the mapping itself stands. */
  Entry entry() {
    return entry;
  }

  /** Reports keys that a later version brings. */
  void later(String... keys) {
    for (String key : keys) {
      Entry later = child(key);
      if (later.isPresent()) {
        later.wrong("is not in this version yet", "");
        later.overlay().environment().forget(later.variable());
      }
      entries.remove(key);
    }
  }

  /** Reports the keys that nobody asked for. */
  void done() {
    for (String key : entries.keySet()) {
      if (!known.contains(key)) {
        String nearest =
            Nearest.to(key, known).map(near -> "; did you mean " + near + "?").orElse("");
        child(key).wrong("is not a known key" + nearest, String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  private Entry child(String key) {
    String prefix = entry.path().isEmpty() ? "" : entry.path() + '.';
    return entry.below(prefix + key, key, Optional.ofNullable(entries.get(key)));
  }
}
