package dev.sluice.gateway.ecr;

import static dev.sluice.gateway.ecr.LiveEcr.ADMIN;
import static dev.sluice.gateway.ecr.LiveEcr.PULLER;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.RegistryTokens;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.SettableClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RegistryOperationsTest {

  private static final String TOKEN = "GetAuthorizationToken";

  private final RegistryTokens tokens =
      new RegistryTokens(new SettableClock(), () -> LiveEcr.ACCESS);

  @AutoClose
  private final LiveEcr ecr = new LiveEcr(new RegistryOperations(LiveEcr.REGISTRY, tokens).all());

  @Test
  void aTokenIsALoginOfItsKey() throws Exception {
    for (AccessKey key : List.of(ADMIN, PULLER)) {
      JsonArray data = data(key, "{}");
      assertThat(data).hasSize(1);
      JsonObject entry = data.getJsonObject(0);
      String login =
          new String(Base64.getDecoder().decode(entry.getString("authorizationToken")), US_ASCII);
      assertThat(login).matches("AWS:[^:]+");
      assertThat(tokens.verify(login.substring("AWS:".length())))
          .isEqualTo(new RegistryTokens.Known(key));
      assertThat(entry.getString("proxyEndpoint")).isEqualTo("http://127.0.0.1:5000");
      assertThat(entry.getDouble("expiresAt")).isEqualTo(1772366400 + 12 * 3600);
    }
  }

  @Test
  void thereIsAnEntryForEachRegistry() throws Exception {
    String ours = "\"123456789012\"";
    assertThat(data(ADMIN, "{\"registryIds\":[" + ours + "," + ours + "]}")).hasSize(2);
    for (String ids : List.of(ours + ",\"210987654321\"", "", "\"x\"", "1")) {
      Reply reply = ecr.call(TOKEN, "{\"registryIds\":[" + ids + "]}");
      assertThat(reply.json().getString("__type"))
          .isIn("InvalidParameterException", "SerializationException");
    }
  }

  @Test
  void theRegistryHasNoReplicas() throws Exception {
    assertThat(ecr.call("DescribeRegistry", "{}").text())
        .isEqualTo("{\"registryId\":\"123456789012\",\"replicationConfiguration\":{\"rules\":[]}}");
    assertThat(ecr.call(PULLER, "DescribeRegistry", "{}").json().getString("__type"))
        .isEqualTo("AccessDeniedException");
  }

  private JsonArray data(AccessKey key, String body) throws IOException {
    return ecr.call(key, TOKEN, body).json().getJsonArray("authorizationData");
  }
}
