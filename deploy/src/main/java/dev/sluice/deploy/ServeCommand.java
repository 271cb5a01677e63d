package dev.sluice.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The words after {@code serve}, understood or not. */
sealed interface ServeCommand {

  /**
   * They are options.
   *
   * @param config the file; empty for the defaults
   * @param data in place of what the configuration says
   */
  record Options(Optional<Path> config, Optional<Path> data) implements ServeCommand {}

  /** They cannot be understood. */
  record Wrong(String why) implements ServeCommand {}

  static ServeCommand parse(List<String> words) {
    Optional<Path> config = Optional.empty();
    Optional<Path> data = Optional.empty();
    for (int i = 0; i < words.size(); i += 2) {
      String option = words.get(i);
      boolean isConfig = option.equals("--config");
      if (!isConfig && !option.equals("--data")) {
        return new Wrong("\"" + option + "\" is not an option; allowed: --config FILE, --data DIR");
      }
      if (i + 1 == words.size() || words.get(i + 1).isEmpty()) {
        return new Wrong(option + " needs a " + (isConfig ? "file" : "folder") + " after it");
      }
      if ((isConfig ? config : data).isPresent()) {
        return new Wrong(option + " is given twice");
      }
      Optional<Path> path = Optional.of(Path.of(words.get(i + 1)));
      config = isConfig ? path : config;
      data = isConfig ? data : path;
    }
    return new Options(config, data);
  }
}
