package dev.sluice.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OciErrorTest {

  @ParameterizedTest
  @CsvSource({
    "NAME_UNKNOWN, 404, NAME_UNKNOWN",
    "MANIFEST_UNKNOWN, 404, MANIFEST_UNKNOWN",
    "BLOB_UNKNOWN, 404, BLOB_UNKNOWN",
    "DENIED, 403, DENIED",
    "TOO_MANY_REQUESTS, 429, TOOMANYREQUESTS",
    "UNAVAILABLE, 503, UNAVAILABLE"
  })
  void everyRefusalHasItsStatusAndCode(Reason reason, int status, String code) {
    Duration later = Duration.ofSeconds(7);
    assertThat(OciError.of(new Refused(reason, "why", later)))
        .isEqualTo(new OciError(status, code, "why", later));
  }

  @Test
  void theBodyIsTheSpecsWhateverTheMessage() {
    JsonObject body =
        new JsonObject(new OciError(404, "CODE", "a \"quoted\"\r\n\u0000 word").body());
    assertThat(body)
        .isEqualTo(
            new JsonObject(
                "{\"errors\":[{\"code\":\"CODE\",\"message\":\"a \\\"quoted\\\"\\r\\n\\u0000 word\"}]}"));
  }
}
