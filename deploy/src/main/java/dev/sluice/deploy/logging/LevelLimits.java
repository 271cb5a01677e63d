package dev.sluice.deploy.logging;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which loggers there are, and how much each may say. Below INFO libraries write down headers and
 * commands, with whatever secrets are in them; our own lines have none at any level.
 */
public final class LevelLimits {

  /** The name of the logger above all others. */
  public static final String ROOT = "root";

  /** The lines of the requests, which no class has to itself. */
  private static final String REQUESTS = "sluice.requests";

  private static final String OURS = "dev.sluice";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_$]+(\\.[A-Za-z0-9_$]+)*");
  private static final int LONGEST = 200;

  private LevelLimits() {}

  /**
   * Why something is not done, in the words of a mistake.
   *
   * @param what is wrong, to be read after the logger's name
   * @param allowed what would be right
   */
  public record Refusal(String what, String allowed) {}

  /** Why a logger cannot have this level; empty where it can. */
  public static Optional<Refusal> refusal(String logger, LogLevel level) {
    Optional<Refusal> unknown = refusal(logger);
    return unknown.isPresent() || isOurs(logger) || level.compareTo(LogLevel.INFO) >= 0
        ? unknown
        : Optional.of(
            new Refusal(
                "must not be at "
                    + level.written()
                    + ": what libraries say below info may"
                    + " show secrets, such as headers and the commands to Redis",
                "info, warn, error, off; trace and debug for "
                    + OURS
                    + ", for what is below it, and for "
                    + REQUESTS));
  }

  /** Why there is no logger of this name; empty where there is. */
  static Optional<Refusal> refusal(String logger) {
    boolean isKnown =
        logger.equals(ROOT)
            || logger.equals(REQUESTS)
            || (logger.length() <= LONGEST && NAME.matcher(logger).matches() && isThere(logger));
    return isKnown
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                "is not the name of a logger",
                "a package or class of this version, such as dev.sluice.fetcher, or "
                    + REQUESTS
                    + ", or "
                    + ROOT));
  }

  /** Loggers are made as classes need them: whether there will be one only the classes tell. */
  private static boolean isThere(String name) {
    ClassLoader classes = LevelLimits.class.getClassLoader();
    String path = name.replace('.', '/');
    return classes.getResource(path + ".class") != null || classes.getResource(path) != null;
  }

  private static boolean isOurs(String logger) {
    return logger.equals(OURS) || logger.startsWith(OURS + '.') || logger.equals(REQUESTS);
  }
}
