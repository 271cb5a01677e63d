package dev.sluice.deploy.logging;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.sluice.gateway.RequestLine;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of logging. Logback finds it as a service, before it would look for XML files,
 * which saves their parser at every start.
 */
public final class Logging extends ContextAwareBase implements Configurator {

  /** Libraries whose ordinary doings are of no interest to an operator. */
  private static final List<String> NOISY =
      List.of("io.netty", "io.vertx", "software.amazon.awssdk");

  /** Logs an error for each client that leaves in the middle; our own request line says that. */
  private static final String CLIENT_RESETS = "io.vertx.core.net.impl.VertxConnection";

  /** Says several lines for each node that goes, and one for every byte of a stranger. */
  private static final String MEMBERSHIP = "com.hazelcast";

  /** Logs a stack for each stream of the bucket that is ended before it is read. */
  private static final String ENDED_STREAMS = "io.netty.channel.DefaultChannelPipeline";

  private static final LineLayout LAYOUT = new LineLayout();
  private static final String QUEUE = "queue";

  /** Lines that may wait for the terminal; when nearly full, those below WARN are dropped. */
  private static final int QUEUE_SIZE = 8192;

  private static final int FLUSH_MILLIS = 2000;

  private static volatile boolean json;

  private static final RequestLines REQUESTS = new RequestLines(() -> System.out, Logging::isJson);

  /**
   * What an operator wants of the lines of this process from now on; before that they are plain.
   *
   * @param levels that the loggers may have, by name
   */
  public static void use(LogFormat format, Map<String, LogLevel> levels) {
    json = format.isJson(Whereabouts.ofThisProcess());
    LAYOUT.use(json ? JsonLine::write : PlainLine::write);
    Levels ofThisProcess = new Levels();
    new TreeMap<>(levels).forEach(ofThisProcess::set);
  }

  /** Where the lines of requests go. */
  public static RequestLine.Taker requests() {
    return REQUESTS;
  }

  /** Gives the lines of requests that were gathered to the output; may wait for it. */
  public static void flush() {
    REQUESTS.flush();
  }

  /** Whether each line is a JSON object now. */
  public static boolean isJson() {
    return json;
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    context.getLogger(CLIENT_RESETS).setLevel(Level.OFF);
    NOISY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    context.getLogger(MEMBERSHIP).setLevel(Level.ERROR);
    context.getLogger(ENDED_STREAMS).setLevel(Level.ERROR);
    // Some of its classes log before they see a configuration.
    System.setProperty("hazelcast.logging.type", "slf4j");
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(queue(context));
    Thread atExit = new Thread(() -> writeDirectly(context), "log-flush");
    Runtime.getRuntime().addShutdownHook(atExit);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Empties the queue and does without it, so that the lines of an orderly exit are not lost. */
  static void writeDirectly(LoggerContext context) {
    REQUESTS.flush();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    Appender<ILoggingEvent> queue = root.getAppender(QUEUE);
    if (queue != null) {
      root.addAppender(console(context));
      root.detachAppender(queue);
      queue.stop();
    }
  }

  private static AsyncAppender queue(LoggerContext context) {
    AsyncAppender queue = new AsyncAppender();
    queue.setName(QUEUE);
    queue.setContext(context);
    queue.setQueueSize(QUEUE_SIZE);
    queue.setNeverBlock(true);
    queue.setMaxFlushTime(FLUSH_MILLIS);
    queue.addAppender(console(context));
    queue.start();
    return queue;
  }

  private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setLayout(LAYOUT);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(encoder);
    console.start();
    return console;
  }
}
