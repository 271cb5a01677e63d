package dev.sluice.deploy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.deploy.logging.Logging;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open, at the level that says most unless told else. */
final class SpokenLines implements AutoCloseable {

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final PrintStream output = System.out;
  private final ByteArrayOutputStream requests = new ByteArrayOutputStream();

  SpokenLines() {
    this(Level.DEBUG);
  }

  SpokenLines(Level least) {
    root.setLevel(least);
    log.start();
    root.addAppender(log);
    System.setOut(new PrintStream(requests, true, StandardCharsets.UTF_8));
  }

  /** What would be written, with stack traces, and whatever of ours would be at DEBUG. */
  List<String> all() {
    // What libraries say at DEBUG is never written: NOISY of Logging.
    Stream<String> events =
        List.copyOf(log.list).stream()
            .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO) || isOurs(event))
            .map(
                event ->
                    event.getFormattedMessage()
                        + ThrowableProxyUtil.asString(event.getThrowableProxy()));
    return Stream.concat(events, requests()).toList();
  }

  /** The lines of requests go to the output on a way of their own. */
  private Stream<String> requests() {
    Logging.flush();
    return requests.toString(StandardCharsets.UTF_8).lines();
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
    System.setOut(output);
    root.detachAppender(log);
    root.setLevel(before);
  }
}
