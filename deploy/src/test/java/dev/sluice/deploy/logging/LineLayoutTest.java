package dev.sluice.deploy.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

final class LineLayoutTest {

  private final LoggerContext context = new LoggerContext();
  private final LineLayout layout = new LineLayout();

  @Test
  void aPlainLineHasTimeLevelLoggerAndMessage() {
    assertThat(layout.doLayout(event("pulled {}", null, "alpine")))
        .isEqualTo("2026-01-02T03:04:05.006Z INFO  PullThrough: pulled alpine status=200\n");
  }

  @Test
  void controlCharactersCannotBeginALineOfTheirOwn() {
    String line = layout.doLayout(event("a\nb\r\u001b[31mc\u2028d\u202ee", null));

    assertThat(line).contains("a\\u000ab\\u000d\\u001b[31mc\\u2028d\\u202ee").endsWith("\n");
    assertThat(line.lines()).hasSize(1);
  }

  @Test
  void anExceptionStaysInTheLineWithItsCauses() {
    Exception thrown = new IllegalStateException("broken\nhere", new IOException("reset"));

    String line = layout.doLayout(event("failed", thrown));

    assertThat(line.lines()).hasSize(1);
    assertThat(line)
        .contains(
            "failed status=200 | java.lang.IllegalStateException: broken\\u000ahere | at ",
            "LineLayoutTest.java",
            " | caused by java.io.IOException: reset | at ");
  }

  @Test
  void aJsonLineIsOneObjectWithEveryField() throws IOException {
    layout.use(JsonLine::write);

    String line = layout.doLayout(event("say \"{}\"\n", new IOException("reset"), "x\u0000"));

    assertThat(line.lines()).hasSize(1);
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.get("time").asText()).isEqualTo("2026-01-02T03:04:05.006Z");
    assertThat(json.get("level").asText()).isEqualTo("INFO");
    assertThat(json.get("logger").asText()).isEqualTo("dev.sluice.PullThrough");
    assertThat(json.get("thread").asText()).isEqualTo("loop-1");
    assertThat(json.get("message").asText()).isEqualTo("say \"x\u0000\"\n");
    assertThat(json.get("status").asText()).isEqualTo("200");
    assertThat(json.get("exception").asText()).startsWith("java.io.IOException: reset | at ");
  }

  private LoggingEvent event(String message, Throwable thrown, Object... values) {
    LoggingEvent event =
        new LoggingEvent(
            "", context.getLogger("dev.sluice.PullThrough"), Level.INFO, message, thrown, values);
    event.setInstant(Instant.parse("2026-01-02T03:04:05.006789Z"));
    event.setThreadName("loop-1");
    event.addKeyValuePair(new KeyValuePair("status", 200));
    return event;
  }
}
