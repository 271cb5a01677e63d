package dev.sluice.deploy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open, at the level that says most unless told else. */
final class SpokenLines implements AutoCloseable {

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();

  SpokenLines() {
    this(Level.DEBUG);
  }

  SpokenLines(Level least) {
    root.setLevel(least);
    log.start();
    root.addAppender(log);
  }

  /** What would be written, with stack traces, and whatever of ours would be at DEBUG. */
  List<String> all() {
    // What libraries say at DEBUG is never written: NOISY of Logging.
    return List.copyOf(log.list).stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO) || isOurs(event))
        .map(
            event ->
                event.getFormattedMessage()
                    + ThrowableProxyUtil.asString(event.getThrowableProxy()))
        .toList();
  }

  /** What people are told by a package of ours, and how loudly. */
  List<String> told(String by) {
    return List.copyOf(log.list).stream()
        .filter(event -> event.getLoggerName().startsWith(by))
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }

  private static boolean isOurs(ILoggingEvent event) {
    return event.getLoggerName().startsWith("dev.sluice")
        || event.getLoggerName().startsWith("sluice");
  }

  @Override
  public void close() {
    root.detachAppender(log);
    root.setLevel(before);
  }
}
