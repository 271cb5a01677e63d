package dev.sluice.deploy.config;

import java.util.List;
import java.util.Map;

/**
 * A YAML document as written: every value keeps its place and its text, so that {@code
 * 000000000000} stays twelve digits and a mistake can be shown with its line.
 */
sealed interface Yaml {

  /** Where the value was written. */
  Place place();

  /** What the value is, in the words of a message. */
  String kind();

  /** A single value, quoted or not. */
  record Text(Place place, String text) implements Yaml {
    @Override
    public String kind() {
      return "is a single value";
    }
  }

  /** A key with nothing after it, or {@code null}. */
  record Nothing(Place place) implements Yaml {
    @Override
    public String kind() {
      return "has no value";
    }
  }

  /** A list. */
  record Sequence(Place place, List<Yaml> items) implements Yaml {
    @Override
    public String kind() {
      return "is a list";
    }
  }

  /** Keys and their values, as ordered in the file. */
  record Mapping(Place place, Map<String, Yaml> entries) implements Yaml {
    @Override
    public String kind() {
      return "is a mapping";
    }
  }
}
