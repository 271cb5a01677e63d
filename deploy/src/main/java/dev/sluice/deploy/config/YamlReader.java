package dev.sluice.deploy.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads one YAML text into a {@link Yaml} tree; mistakes of its syntax become problems. */
final class YamlReader {

  private static final YAMLFactory FACTORY = new YAMLFactory();

  private final YAMLParser parser;
  private final Place source;
  private final Problems problems;

  private YamlReader(YAMLParser parser, Place source, Problems problems) {
    this.parser = parser;
    this.source = source;
    this.problems = problems;
  }

  /**
   * Reads a text, which is empty or comments only where the answer is empty and no problem was
   * added.
   *
   * @param path of the key whose value this text is; empty for a whole file
   */
  static Optional<Yaml> read(String text, Place source, String path, Problems problems) {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      return new YamlReader(parser, source, problems).document(path);
    } catch (JsonProcessingException broken) {
      Place place = at(source, broken.getLocation());
      problems.add(place, path, "is not YAML: " + gist(broken.getOriginalMessage()), "");
      return Optional.empty();
    } catch (IOException impossible) {
      throw new IllegalStateException("a text in memory cannot be read", impossible);
    }
  }

  private Optional<Yaml> document(String path) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return Optional.empty();
    }
    Yaml value = value(first, here(), path);
    if (parser.nextToken() != null) {
      problems.add(here(), path, "begins a second YAML document", "one document");
    }
    return Optional.of(value);
  }

  private Yaml value(JsonToken token, Place place, String path) throws IOException {
    return switch (token) {
      case START_OBJECT -> mapping(place, path);
      case START_ARRAY -> sequence(place, path);
      case VALUE_NULL -> new Yaml.Nothing(place);
      default -> text(place, path);
    };
  }

  private Yaml text(Place place, String path) throws IOException {
    String text = parser.getText();
    if (parser.isCurrentAlias()) {
      problems.add(place, path, "uses the YAML alias *" + text, "the value itself, written out");
    }
    return new Yaml.Text(place, text);
  }

  private Yaml mapping(Place place, String path) throws IOException {
    Map<String, Yaml> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      Place keyPlace = here();
      String keyPath = path.isEmpty() ? key : path + '.' + key;
      Yaml value = value(parser.nextToken(), keyPlace, keyPath);
      Yaml earlier = entries.putIfAbsent(key, value);
      if (earlier != null) {
        String what = "is written twice, first in line " + earlier.place().line();
        problems.add(keyPlace, keyPath, what, "once in a mapping");
      }
    }
    return new Yaml.Mapping(place, entries);
  }

  private Yaml sequence(Place place, String path) throws IOException {
    List<Yaml> items = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      items.add(value(next, here(), path + '[' + items.size() + ']'));
    }
    return new Yaml.Sequence(place, items);
  }

  private Place here() {
    return at(source, parser.currentTokenLocation());
  }

  /** A variable's value has no lines worth telling: only a file's source carries one. */
  private static Place at(Place source, JsonLocation location) {
    boolean hasLine = source.line() > 0 && location != null && location.getLineNr() > 0;
    return hasLine ? new Place(source.source(), location.getLineNr()) : source;
  }

  /** Without the excerpts of the text and their positions, which the parser's message indents. */
  private static String gist(String message) {
    return message.lines().filter(line -> !line.startsWith(" ")).collect(Collectors.joining(", "));
  }
}
