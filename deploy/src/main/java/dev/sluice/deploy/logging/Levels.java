package dev.sluice.deploy.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.sluice.deploy.logging.LevelLimits.Refusal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;

/** How much each logger of this process says, and changes of that. May be used by any thread. */
public final class Levels {

  private static final String CALLER = Levels.class.getName();

  private final LoggerContext context;
  private final SortedMap<String, String> start;

  /** Those that are in force now are what {@link #reset} goes back to. */
  public Levels() {
    this((LoggerContext) LoggerFactory.getILoggerFactory());
  }

  Levels(LoggerContext context) {
    this.context = context;
    this.start = own();
  }

  /** The levels of the loggers that have one of their own, as the root always has. */
  public SortedMap<String, String> own() {
    SortedMap<String, String> levels = new TreeMap<>();
    for (Logger logger : context.getLoggerList()) {
      if (logger.getLevel() != null) {
        levels.put(name(logger), written(logger.getLevel()));
      }
    }
    return levels;
  }

  /** The loggers that have not the level of their own, or none, that they had at the start. */
  public SortedSet<String> changed() {
    Map<String, String> now = own();
    SortedSet<String> changed = new TreeSet<>(start.keySet());
    changed.addAll(now.keySet());
    changed.removeIf(logger -> Optional.ofNullable(now.get(logger)).equals(atStart(logger)));
    return changed;
  }

  /** Gives a logger, and what is below it without a level of its own, this one; or says why not. */
  public Optional<Refusal> set(String logger, LogLevel level) {
    Optional<Refusal> refusal = LevelLimits.refusal(logger, level);
    if (refusal.isEmpty()) {
      change(logger, Optional.of(level.written()));
    }
    return refusal;
  }

  /** Gives a logger the level that it had at the start, or none of its own; or says why not. */
  public Optional<Refusal> reset(String logger) {
    Optional<Refusal> refusal = LevelLimits.refusal(logger);
    if (refusal.isEmpty()) {
      change(logger, atStart(logger));
    }
    return refusal;
  }

  private Optional<String> atStart(String logger) {
    return Optional.ofNullable(start.get(logger));
  }

  private void change(String name, Optional<String> level) {
    Logger logger = context.getLogger(name);
    Level before = logger.getEffectiveLevel();
    logger.setLevel(level.map(Level::toLevel).orElse(null));
    String now = written(logger.getEffectiveLevel());
    tell("the level of " + name + " is " + now + " now, and was " + written(before));
  }

  /** Past all levels: a change that silences the log is told too. */
  private void tell(String sentence) {
    Logger own = context.getLogger(Levels.class);
    own.callAppenders(new LoggingEvent(CALLER, own, Level.INFO, sentence, null, null));
  }

  private static String written(Level level) {
    return level.toString().toLowerCase(Locale.ROOT);
  }

  private static String name(Logger logger) {
    return logger.getName().equals(Logger.ROOT_LOGGER_NAME) ? LevelLimits.ROOT : logger.getName();
  }
}
