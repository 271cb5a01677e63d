package dev.sluice.deploy.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Reads the configuration: what the file says, laid over by the environment, over the defaults. */
public final class ConfigLoader {

  private static final String VARIABLE_FORM =
      "SLUICE_ and the path of a key in upper case, such as SLUICE_DEFAULTS_CHECKINTERVAL";

  private final Map<String, String> variables;
  private final Path home;

  /**
   * A loader for one process.
   *
   * @param variables the environment
   * @param home what {@code ~} stands for
   */
  public ConfigLoader(Map<String, String> variables, Path home) {
    this.variables = Map.copyOf(variables);
    this.home = home;
  }

  /** Reads the defaults, laid over by the environment. */
  public Loaded load() {
    return read(Optional.empty(), Place.of("environment"), new Problems());
  }

  /** Reads a file, laid over by the environment. */
  public Loaded load(Path file) {
    Problems problems = new Problems();
    Place top = new Place(file.toString(), 1);
    Optional<Yaml> written = written(file, top, problems);
    return written.isEmpty() ? new Loaded.Invalid(problems.sorted()) : read(written, top, problems);
  }

  /**
   * Reads the part {@code access} of a file, laid over by the environment, whatever is wrong with
   * the rest. What stands in the files that it names is not looked at.
   */
  public LoadedAccess loadAccess(Path file) {
    Problems problems = new Problems();
    Place place = new Place(file.toString(), 1);
    Optional<Yaml> written = written(file, place, problems);
    Entry top = Entry.top(written, place, new Entry.Overlay(new Environment(variables), problems));
    Access access = new ConfigReader(home).readAccess(top);
    return problems.isEmpty()
        ? new LoadedAccess.Valid(access)
        : new LoadedAccess.Invalid(problems.sorted());
  }

  private static Optional<Yaml> written(Path file, Place top, Problems problems) {
    Optional<Yaml> written =
        text(file, problems).flatMap(text -> YamlReader.read(text, top, "", problems));
    if (written.isEmpty() && problems.isEmpty()) {
      problems.add(Place.of(file.toString()), "", "is empty", "a mapping of keys to values");
    }
    return written;
  }

  private Loaded read(Optional<Yaml> written, Place place, Problems problems) {
    Environment environment = new Environment(variables);
    Entry top = Entry.top(written, place, new Entry.Overlay(environment, problems));
    Config config = new ConfigReader(home).read(top);
    reportUnknown(environment, problems);
    return problems.isEmpty() ? new Loaded.Valid(config) : new Loaded.Invalid(problems.sorted());
  }

  private static void reportUnknown(Environment environment, Problems problems) {
    for (String name : environment.unknown()) {
      String nearest =
          Nearest.to(name, environment.known())
              .map(near -> "; did you mean " + near + "?")
              .orElse("");
      problems.add(Place.of(name), "", "is not a known variable" + nearest, VARIABLE_FORM);
    }
  }

  private static Optional<String> text(Path file, Problems problems) {
    Place place = Place.of(file.toString());
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (NoSuchFileException missing) {
      problems.add(place, "", "does not exist", "");
    } catch (CharacterCodingException binary) {
      problems.add(place, "", "is not UTF-8 text", "");
    } catch (IOException unreadable) {
      problems.add(place, "", Files.isDirectory(file) ? "is a folder" : "cannot be read", "a file");
    }
    return Optional.empty();
  }
}
