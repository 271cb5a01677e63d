package dev.sluice.deploy.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Span.Kind;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What of a client's trace context goes on to those who are asked for its sake. */
class TracesHeadersTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-00";

  /** Nothing is sent to it: the clients' traces are not sampled. */
  @AutoClose
  private final Traces traces = new Traces(URI.create("http://127.0.0.1:9"), 0, "a", "1");

  private Map<String, String> passedOn(Map<String, String> headers) {
    return traces.begin("GET manifest", Kind.SERVER, headers::get).headers();
  }

  private static String state(int entries) {
    return IntStream.range(0, entries)
        .mapToObj(entry -> "k%02d=%s".formatted(entry, "v".repeat(12)))
        .collect(Collectors.joining(","));
  }

  @Test
  void aTraceGoesOnWithItsState() {
    String state = state(30);
    assertThat(state).hasSizeLessThanOrEqualTo(512);

    assertThat(passedOn(Map.of("traceparent", PARENT, "tracestate", state)))
        .containsEntry("tracestate", state)
        .hasEntrySatisfying("traceparent", parent -> assertThat(parent).startsWith("00-" + TRACE));
  }

  @Test
  void aLongStateIsLeftOutAndTheTraceGoesOn() {
    String state = state(31);
    assertThat(state).hasSizeGreaterThan(512);

    assertThat(passedOn(Map.of("traceparent", PARENT, "tracestate", state)))
        .doesNotContainKey("tracestate")
        .hasEntrySatisfying("traceparent", parent -> assertThat(parent).startsWith("00-" + TRACE));
  }

  @Test
  void whatIsNoTraceBeginsAnother() {
    for (String parent : new String[] {"00-ZZ", "ff-" + PARENT.substring(3), "x".repeat(6000)}) {
      assertThat(passedOn(Map.of("traceparent", parent)))
          .hasEntrySatisfying(
              "traceparent", own -> assertThat(own).hasSize(55).doesNotContain(TRACE));
    }
  }
}
