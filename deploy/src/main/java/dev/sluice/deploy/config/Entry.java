package dev.sluice.deploy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One key of the configuration, and what the file and the environment say there.
 *
 * @param path as shown in messages, such as {@code rules[1].prefix}; empty for the top
 * @param variable that replaces what the file says, such as {@code SLUICE_RULES_1_PREFIX}
 * @param written what the file says; empty where it is silent
 * @param place of the value that counts, or else of the mapping or list that could hold it
 */
record Entry(String path, String variable, Optional<Yaml> written, Place place, Overlay overlay) {

  /** What every entry of one configuration shares. */
  record Overlay(Environment environment, Problems problems) {}

  static Entry top(Optional<Yaml> written, Place place, Overlay overlay) {
    return new Entry("", Environment.PREFIX, written, place, overlay);
  }

  /** Whether the file or the environment says something here or below. */
  boolean isPresent() {
    return written.isPresent() || overlay.environment().mentions(variable);
  }

  void wrong(String what, String allowed) {
    overlay.problems().add(place, path, what, allowed);
  }

  /** Whether a mistake was found here or below. */
  boolean isWrong() {
    return overlay.problems().areAbout(path);
  }

  /** The single value that stands here; empty where there is none or a wrong one. */
  <T> Optional<T> as(Form<T> form) {
    Optional<Yaml> value =
        overlay
            .environment()
            .value(variable)
            .<Yaml>map(text -> new Yaml.Text(place, text))
            .or(() -> written);
    return value.flatMap(yaml -> read(yaml, form));
  }

  /** As {@link #as}, of a key that may not be left out. */
  <T> Optional<T> required(Form<T> form) {
    if (!isPresent()) {
      wrong("is missing", form.allowed());
    }
    return as(form);
  }

  /** Whether a list stands here, where a single value might too. */
  boolean isList() {
    return overlay.environment().mentions(variable + "_0")
        || yaml().filter(Yaml.Sequence.class::isInstance).isPresent();
  }

  /** The list that stands here, each item laid over by its own variables. */
  List<Entry> items() {
    List<Yaml> own = yaml().map(this::itemsOf).orElse(List.of());
    List<Entry> items = new ArrayList<>();
    for (int i = 0; i < own.size() || overlay.environment().mentions(variable + '_' + i); i++) {
      Optional<Yaml> item = i < own.size() ? Optional.of(own.get(i)) : Optional.empty();
      items.add(below(path + '[' + i + ']', String.valueOf(i), item));
    }
    return items;
  }

  /** The mapping that stands here; one without keys where there is none or a wrong value. */
  Section section() {
    return new Section(this, yaml().flatMap(this::mappingOf));
  }

  /** What stands here, a variable's text read as YAML. */
  Optional<Yaml> yaml() {
    Optional<String> text = overlay.environment().value(variable);
    return text.isPresent() ? parsed(text.get()) : written;
  }

  Entry below(String childPath, String name, Optional<Yaml> value) {
    String childVariable = variable + '_' + name.toUpperCase(Locale.ROOT);
    Optional<String> set = overlay.environment().firstUnder(childVariable);
    Place childPlace =
        set.filter(first -> first.equals(childVariable) || value.isEmpty())
            .map(Place::of)
            .or(() -> value.map(Yaml::place))
            .orElse(place);
    return new Entry(childPath, childVariable, value, childPlace, overlay);
  }

  private Optional<Yaml> parsed(String text) {
    return text.isBlank()
        ? Optional.of(new Yaml.Nothing(place))
        : YamlReader.read(text, place, path, overlay.problems());
  }

  private <T> Optional<T> read(Yaml yaml, Form<T> form) {
    if (!(yaml instanceof Yaml.Text(var _, var text))) {
      wrong(yaml.kind(), form.allowed());
      return Optional.empty();
    }
    Optional<T> value = form.read(text);
    if (value.isEmpty()) {
      wrong(Quoted.of(text) + " is not " + form.noun(), form.allowed());
    }
    return value;
  }

  private List<Yaml> itemsOf(Yaml yaml) {
    if (yaml instanceof Yaml.Sequence(var _, var items)) {
      return items;
    }
    wrong(yaml.kind(), "a list; [] for an empty one");
    return List.of();
  }

  private Optional<Yaml.Mapping> mappingOf(Yaml yaml) {
    if (yaml instanceof Yaml.Mapping mapping) {
      return Optional.of(mapping);
    }
    wrong(yaml.kind(), "a mapping of keys to values");
    return Optional.empty();
  }
}
