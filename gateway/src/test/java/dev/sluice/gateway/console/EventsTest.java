package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a browser is told that listens. */
@Timeout(60)
class EventsTest {

  @AutoClose private final LiveConsole console = new LiveConsole();

  private void pull(String repository) {
    long now = console.operator.clock.millis();
    console.activity.ended(Samples.pull(now, "root", repository, "latest"));
  }

  @Test
  void theOverviewComesEverySecondAndNewPullsWithIt() throws IOException {
    pull("team/before");
    try (EventStream stream = EventStream.open(console, console.admin())) {
      assertThat(stream.next("overview").object().getString("node")).isEqualTo("a");
      pull("team/app");
      JsonArray pulls = stream.next("pulls").array();
      assertThat(pulls).hasSize(1);
      assertThat(pulls.getJsonObject(0).getString("repository")).isEqualTo("team/app");
      assertThat(stream.next("overview").object().getJsonArray("nodes")).hasSize(1);
    }
  }

  @Test
  void everyoneIsToldWhatIsTheirs() throws IOException {
    try (EventStream stream = EventStream.open(console, console.ann())) {
      stream.next("overview");
      pull("other/app");
      pull("team/app");
      JsonArray pulls = stream.next("pulls").array();
      assertThat(pulls).hasSize(1);
      assertThat(pulls.getJsonObject(0).getString("repository")).isEqualTo("team/app");
      assertThat(pulls.getJsonObject(0).containsKey("principal")).isFalse();
    }
  }
}
