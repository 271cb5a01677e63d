package dev.sluice.deploy.config;

import dev.sluice.deploy.logging.LevelLimits;
import dev.sluice.deploy.logging.LevelLimits.Refusal;
import dev.sluice.deploy.logging.LogFormat;
import dev.sluice.deploy.logging.LogLevel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the key {@code log}. */
final class LogReader {

  private LogReader() {}

  static Config.Log read(Section section) {
    Config.Log log =
        new Config.Log(
            section.at("format").as(Forms.LOG_FORMAT).orElse(LogFormat.AUTO),
            section.at("requests").as(Forms.BOOLEAN).orElse(true),
            levels(section.at("levels").section()));
    section.done();
    return log;
  }

  private static Map<String, LogLevel> levels(Section byLogger) {
    Map<String, LogLevel> levels = new LinkedHashMap<>();
    for (String logger : byLogger.keys()) {
      Entry entry = byLogger.at(logger);
      Optional<LogLevel> level = entry.as(Forms.LOG_LEVEL);
      Optional<Refusal> refusal = LevelLimits.refusal(logger, level.orElse(LogLevel.INFO));
      refusal.ifPresent(no -> entry.wrong(no.what(), no.allowed()));
      level.ifPresent(known -> levels.put(logger, known));
    }
    return levels;
  }
}
