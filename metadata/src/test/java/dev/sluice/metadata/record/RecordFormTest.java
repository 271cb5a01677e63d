package dev.sluice.metadata.record;

import static dev.sluice.metadata.Samples.NOON;
import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.fullStored;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.unsized;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Allowance;
import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.Samples;
import dev.sluice.metadata.TagEntry;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordFormTest {

  private final List<String> undecodable = new ArrayList<>();

  private <T> void assertRead(RecordForm<T> form, T value, String text) {
    assertThat(form.read(text, undecodable::add)).contains(value);
    assertThat(undecodable).isEmpty();
  }

  /** The text itself is a promise: stores of earlier versions hold it. */
  @Test
  void theTextOfEachKindIsAsItEverWas() {
    String digest = digest("x").toString();
    String listed = "[{\"digest\":\"" + digest + "\",\"size\":7},{\"digest\":\"" + digest + "\"}]";

    assertThat(RecordForm.TAG.write(entry("x")))
        .isEqualTo(
            "{\"v\":1,\"digest\":\"%s\",\"mediaType\":\"%s\",\"checkedAt\":\"%s\"}",
            digest, Samples.MANIFEST_TYPE, "2026-11-23T12:00:00.123456789Z");
    assertThat(RecordForm.MEMBER.write(sized("x", 7)))
        .isEqualTo("{\"v\":1,\"digest\":\"%s\",\"size\":7}", digest);
    assertThat(RecordForm.IMAGE.write(image("x", sized("x", 7), unsized("x"))))
        .isEqualTo(
            "{\"v\":1,\"digest\":\"%s\",\"mediaType\":\"%s\",\"size\":1234,"
                + "\"storedAt\":\"2026-11-23T12:00:00.123456789Z\",\"members\":%s}",
            digest, Samples.MANIFEST_TYPE, listed);
  }

  @Test
  void aFailedCheckAndARateLimitHaveTheirTexts() {
    FailedCheck failed = new FailedCheck(NOON, "down", NOON.plusSeconds(10));
    RateLimit limit =
        new RateLimit(
            Optional.of(new Allowance(100, 76, Duration.ofHours(6), NOON)),
            NOON.plusSeconds(1),
            Instant.EPOCH,
            2);

    assertThat(RecordForm.TAG.write(entry("x").afterFailure(failed)))
        .endsWith(
            ",\"failed\":{\"at\":\"2026-11-23T12:00:00.123456789Z\",\"reason\":\"down\","
                + "\"nextCheck\":\"2026-11-23T12:00:10.123456789Z\"}}");
    assertThat(RecordForm.RATE_LIMIT.write(limit))
        .isEqualTo(
            "{\"v\":1,\"allowance\":{\"limit\":100,\"remaining\":76,\"window\":\"PT6H\","
                + "\"seenAt\":\"2026-11-23T12:00:00.123456789Z\"},"
                + "\"pullsFrom\":\"2026-11-23T12:00:01.123456789Z\","
                + "\"requestsFrom\":\"1970-01-01T00:00:00Z\",\"refusals\":2}");
  }

  @Test
  void whatWasWrittenIsRead() {
    assertRead(RecordForm.TAG, entry("x"), RecordForm.TAG.write(entry("x")));
    assertRead(RecordForm.MEMBER, unsized("x"), RecordForm.MEMBER.write(unsized("x")));
    assertRead(RecordForm.IMAGE, image("x"), RecordForm.IMAGE.write(image("x")));
    assertRead(RecordForm.RULE, fullStored("x"), RecordForm.RULE.write(fullStored("x")));
    assertRead(RecordForm.RULE, stored("x", "y"), RecordForm.RULE.write(stored("x", "y")));
    FailedCheck failed = new FailedCheck(NOON, "down", NOON.plusSeconds(10));
    TagEntry stale = entry("x").afterFailure(failed);
    assertRead(RecordForm.TAG, stale, RecordForm.TAG.write(stale));
  }

  @Test
  void aLaterVersionIsReadAndKeepsItsUnknownFields() {
    JsonObject later = new JsonObject(RecordForm.RULE.write(fullStored("x"))).put("v", 3);
    later.put("owner", "team");
    later.getJsonObject("policies").put("retries", 4);
    assertRead(RecordForm.RULE, fullStored("x"), later.encode());

    JsonObject rewritten =
        new JsonObject(RecordForm.RULE.rewrite(later.encode(), stored("x", "quay.io")));

    assertThat(rewritten.getInteger("v")).isEqualTo(3);
    assertThat(rewritten.getString("owner")).isEqualTo("team");
    assertThat(rewritten.getJsonObject("policies").getInteger("retries")).isEqualTo(4);
    assertRead(RecordForm.RULE, stored("x", "quay.io"), rewritten.encode());
  }

  @Test
  void aFieldThatIsGoneDoesNotOutliveTheRewriting() {
    String rewritten =
        RecordForm.RULE.rewrite(RecordForm.RULE.write(fullStored("x")), stored("x", "y"));

    assertRead(RecordForm.RULE, stored("x", "y"), rewritten);
    assertThat(rewritten)
        .doesNotContain("redential", "tokenRealms", "endpoint", "upstreamPrefix")
        .doesNotContain("checkIntervals", "repositories", "tags");
    FailedCheck failed = new FailedCheck(NOON, "down", NOON.plusSeconds(10));
    String stale = RecordForm.TAG.write(entry("x").afterFailure(failed));
    assertThat(RecordForm.TAG.rewrite(stale, entry("x")))
        .isEqualTo(RecordForm.TAG.write(entry("x")));
  }

  @Test
  void rewritingTheSameValueChangesNothing() {
    String text = RecordForm.RULE.write(fullStored("x"));

    assertThat(RecordForm.RULE.rewrite(text, fullStored("x"))).isEqualTo(text);
  }
}
