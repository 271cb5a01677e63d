package dev.sluice.metadata.record;

import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.fullStored;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.sized;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read is a miss, and counted. */
class MissedRecordTest {

  private final List<String> undecodable = new ArrayList<>();

  private <T> void assertMissed(RecordForm<T> form, String text) {
    undecodable.clear();
    assertThat(form.read(text, undecodable::add)).as(text).isEmpty();
    assertThat(undecodable).as(text).containsExactly(form.kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "null", "7", "[]", "\"text\"", "{", "{\"v\":1} trailing"})
  void whatIsNoJsonObjectIsAMissAndIsReplacedWhole(String text) {
    assertMissed(RecordForm.TAG, text);
    assertMissed(RecordForm.MEMBER, text);
    assertMissed(RecordForm.IMAGE, text);
    assertMissed(RecordForm.RULE, text);
    assertThat(RecordForm.TAG.rewrite(text, entry("x")))
        .isEqualTo(RecordForm.TAG.write(entry("x")));
  }

  @Test
  void aDeeplyNestedTextIsAMiss() {
    assertMissed(RecordForm.TAG, "{\"v\":" + "[".repeat(100_000));
  }

  @Test
  void everyFieldThatMustBeThereIsMissedWithoutIt() {
    List<String> optional =
        List.of(
            "upstreamPrefix",
            "endpoint",
            "credential",
            "furtherCredentials",
            "tokenRealms",
            "createdAt",
            "updatedAt",
            "credentialArn",
            "customRoleArn",
            "upstreamRegistry");
    assertMissedWithoutEach(RecordForm.TAG, entry("x"), List.of());
    assertMissedWithoutEach(RecordForm.MEMBER, sized("x", 7), List.of("size"));
    assertMissedWithoutEach(RecordForm.IMAGE, image("x", sized("y", 7)), List.of());
    assertMissedWithoutEach(RecordForm.RULE, fullStored("x"), optional);
  }

  private <T> void assertMissedWithoutEach(RecordForm<T> form, T value, List<String> optional) {
    JsonObject whole = new JsonObject(form.write(value));
    for (String field : whole.fieldNames()) {
      JsonObject without = whole.copy();
      without.remove(field);
      if (!optional.contains(field)) {
        assertMissed(form, without.encode());
      }
    }
  }

  @Test
  void aFieldOfAnotherTypeIsAMiss() {
    List<Object> wrong = new ArrayList<>(List.of(true, -1, 1.5, "wrong", new JsonObject()));
    wrong.add(null);
    for (Object value : wrong) {
      assertMissedWith(RecordForm.TAG, entry("x"), "v", value);
      assertMissedWith(RecordForm.TAG, entry("x"), "digest", value);
      assertMissedWith(RecordForm.TAG, entry("x"), "checkedAt", value);
      assertMissedWith(RecordForm.MEMBER, sized("x", 7), "size", value);
      assertMissedWith(RecordForm.IMAGE, image("x"), "members", value);
      assertMissedWith(RecordForm.RULE, fullStored("x"), "policies", value);
    }
    assertMissedWith(RecordForm.TAG, entry("x"), "mediaType", 7);
    assertMissedWith(RecordForm.RULE, fullStored("x"), "endpoint", "not a uri");
  }

  private <T> void assertMissedWith(RecordForm<T> form, T value, String field, Object wrong) {
    assertMissed(form, new JsonObject(form.write(value)).put(field, wrong).encode());
  }

  @Test
  void aBadDigestIsAMiss() {
    String text = RecordForm.TAG.write(entry("x"));
    String hex = digest("x").hex();

    assertMissed(RecordForm.TAG, text.replace(hex, hex.substring(1)));
    assertMissed(RecordForm.TAG, text.replace(hex, "F".repeat(64)));
    assertMissed(RecordForm.TAG, text.replace("sha256:", "sha1:"));
  }
}
