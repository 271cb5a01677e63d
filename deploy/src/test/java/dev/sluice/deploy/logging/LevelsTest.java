package dev.sluice.deploy.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.deploy.logging.LevelLimits.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelsTest {

  private static final String FETCHER = "dev.sluice.fetcher";

  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Levels levels;

  @BeforeEach
  void start() {
    log.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(log);
    context.getLogger("com.hazelcast").setLevel(Level.ERROR);
    levels = new Levels(context);
  }

  @Test
  void theRootAndWhoHasALevelOfItsOwnAreListed() {
    var unused = context.getLogger("dev.sluice.deploy.Main");

    assertThat(levels.own())
        .containsExactly(Map.entry("com.hazelcast", "error"), Map.entry("root", "info"));
    assertThat(levels.changed()).isEmpty();
  }

  @Test
  void aLevelCountsForWhatIsBelowAndIsToldInOneLine() {
    assertThat(levels.set(FETCHER, LogLevel.DEBUG)).isEmpty();

    assertThat(context.getLogger(FETCHER + ".pull.TagCheck").isDebugEnabled()).isTrue();
    assertThat(context.getLogger("dev.sluice.gateway").isDebugEnabled()).isFalse();
    assertThat(levels.own()).containsEntry(FETCHER, "debug");
    assertThat(levels.changed()).containsExactly(FETCHER);
    assertThat(said())
        .containsExactly("INFO the level of " + FETCHER + " is debug now, and was info");
  }

  @Test
  void everythingGoesBackToWhatItWas() {
    assertThat(levels.set(FETCHER, LogLevel.TRACE)).isEmpty();
    assertThat(levels.set("com.hazelcast", LogLevel.INFO)).isEmpty();
    assertThat(levels.set("root", LogLevel.WARN)).isEmpty();
    assertThat(levels.changed()).containsExactly("com.hazelcast", FETCHER, "root");

    assertThat(levels.reset(FETCHER)).isEmpty();
    assertThat(levels.reset("com.hazelcast")).isEmpty();
    assertThat(levels.reset("root")).isEmpty();

    assertThat(levels.changed()).isEmpty();
    assertThat(levels.own())
        .containsExactly(Map.entry("com.hazelcast", "error"), Map.entry("root", "info"));
    assertThat(said().getLast()).isEqualTo("INFO the level of root is info now, and was warn");
  }

  @Test
  void evenSilenceIsTold() {
    assertThat(levels.set("root", LogLevel.OFF)).isEmpty();
    assertThat(levels.set("dev.sluice", LogLevel.ERROR)).isEmpty();
    context.getLogger(FETCHER).warn("not to be heard");

    assertThat(said())
        .containsExactly(
            "INFO the level of root is off now, and was info",
            "INFO the level of dev.sluice is error now, and was off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"root", "io.netty", "io.vertx.core", "software.amazon.awssdk", "com.hazelcast"})
  void librariesSayNothingBelowInfo(String logger) {
    for (LogLevel low : List.of(LogLevel.TRACE, LogLevel.DEBUG)) {
      assertThat(levels.set(logger, low).map(Refusal::what).orElse(""))
          .contains("must not be at " + low.written(), "secrets");
    }
    for (LogLevel level : List.of(LogLevel.INFO, LogLevel.WARN, LogLevel.ERROR, LogLevel.OFF)) {
      assertThat(levels.set(logger, level)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "dev..sluice",
        "dev/sluice",
        "dev.sluice.",
        "dev.sluice.fetchr",
        "dev.sluicer",
        "dev.sluice.fetcher ",
        "sluice",
        "sluice.requests.x",
        "ROOT",
        "Root",
        "..",
        "META-INF",
        "com.example"
      })
  void whatIsNoLoggerIsRefused(String name) {
    List<Logger> before = context.getLoggerList();

    Optional<Refusal> refusal = levels.set(name, LogLevel.INFO);

    assertThat(refusal.map(Refusal::what)).contains("is not the name of a logger");
    assertThat(levels.reset(name)).isEqualTo(refusal);
    assertThat(context.getLoggerList()).isEqualTo(before);
    assertThat(said()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.sluice",
        "dev.sluice.fetcher.pull.TagCheck",
        "dev.sluice.storage",
        "sluice.requests"
      })
  void oursMaySayEverything(String name) {
    assertThat(levels.set(name, LogLevel.TRACE)).isEmpty();
    assertThat(context.getLogger(name).isTraceEnabled()).isTrue();
  }

  private List<String> said() {
    return log.list.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }
}
