package dev.sluice.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A folder with a configuration file, and an environment to load it in. */
record ConfigFixture(Path folder, Map<String, String> variables) {

  static ConfigFixture in(Path folder) {
    return new ConfigFixture(folder, Map.of());
  }

  ConfigFixture with(Map<String, String> changed) {
    return new ConfigFixture(folder, changed);
  }

  Loaded load(String yaml) {
    return loader().load(write("sluice.yaml", yaml));
  }

  Config valid(String yaml) {
    return valid(load(yaml));
  }

  Config defaults() {
    return valid(loader().load());
  }

  List<Problem> problems(String yaml) {
    assertThat(load(yaml)).isInstanceOf(Loaded.Invalid.class);
    return ((Loaded.Invalid) load(yaml)).problems();
  }

  ConfigLoader loader() {
    return new ConfigLoader(variables, folder.resolve("home"));
  }

  Path write(String name, String content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static String onlyMistake(Loaded loaded) {
    assertThat(loaded).isInstanceOf(Loaded.Invalid.class);
    List<Problem> problems = ((Loaded.Invalid) loaded).problems();
    assertThat(problems).hasSize(1);
    return problems.getFirst().toString();
  }

  private static Config valid(Loaded loaded) {
    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
    return ((Loaded.Valid) loaded).config();
  }
}
