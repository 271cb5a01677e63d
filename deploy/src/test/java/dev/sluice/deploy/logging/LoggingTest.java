package dev.sluice.deploy.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LoggingTest {

  private final PrintStream terminal = System.out;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();
  private final Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);

  @BeforeEach
  void configure() {
    Logging.use(LogFormat.PLAIN, Map.of());
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    context.setMDCAdapter(new LogbackMDCAdapter());
    var unused = new Logging().configure(context);
  }

  @AfterEach
  void restore() {
    context.stop();
    System.setOut(terminal);
  }

  @Test
  void nothingIsLostAtTheExit() {
    IntStream.range(0, 500).forEach(i -> root.info("queued {}.", i));

    Logging.writeDirectly(context);
    root.info("last words");

    List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(501);
    assertThat(lines.get(499)).endsWith("queued 499.");
    assertThat(lines.getLast()).endsWith("last words");
  }

  @Test
  void anEventLoopNeverWaitsForTheTerminal() {
    assertThat(root.iteratorForAppenders())
        .toIterable()
        .singleElement()
        .isInstanceOfSatisfying(
            AsyncAppender.class,
            queue -> {
              assertThat(queue.isNeverBlock()).isTrue();
              assertThat(queue.iteratorForAppenders())
                  .toIterable()
                  .hasOnlyElementsOfType(ConsoleAppender.class);
            });
  }

  @Test
  void librariesAreHeardFromWarningsOn() {
    for (String library : List.of("io.netty.channel", "io.vertx.core")) {
      assertThat(context.getLogger(library).getEffectiveLevel()).isEqualTo(Level.WARN);
    }
    assertThat(context.getLogger("com.hazelcast.x").getEffectiveLevel()).isEqualTo(Level.ERROR);
    assertThat(context.getLogger("dev.sluice").getEffectiveLevel()).isEqualTo(Level.INFO);
  }

  @Test
  void logbackFindsThisConfigurationByItself() {
    LoggerContext ofThisProcess = (LoggerContext) LoggerFactory.getILoggerFactory();

    assertThat(ofThisProcess.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("queue"))
        .isInstanceOf(AsyncAppender.class);
  }
}
