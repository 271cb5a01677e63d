package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.live.Reply;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operations of the ECR API, asked with a session in place of a signature. */
class EcrBySessionTest {

  private static final String ECR = "/api/v1/ecr/";

  @AutoClose private final LiveConsole console = new LiveConsole();

  @BeforeEach
  void create() throws IOException {
    for (String name : new String[] {"team/app", "other/app"}) {
      JsonObject body = new JsonObject().put("repositoryName", name);
      Reply made = console.post(ECR + "CreateRepository", body.encode(), console.admin());
      assertThat(made.status()).as(made.text()).isEqualTo(200);
    }
  }

  @Test
  void anAdministratorDoesEverything() throws IOException {
    Reply all = console.post(ECR + "DescribeRepositories", "{}", console.admin());
    assertThat(all.json().getJsonArray("repositories")).hasSize(2);
    Reply gone =
        console.post(
            ECR + "DeleteRepository", "{\"repositoryName\":\"other/app\"}", console.admin());
    assertThat(gone.status()).isEqualTo(200);
  }

  @Test
  void othersSeeWhatIsTheirsAndChangeNothing() throws IOException {
    Reply all = console.post(ECR + "DescribeRepositories", "{}", console.ann());
    assertThat(all.json().getJsonArray("repositories")).hasSize(1);
    for (String operation : new String[] {"DeleteRepository", "CreateRepository"}) {
      Reply refused =
          console.post(ECR + operation, "{\"repositoryName\":\"team/app\"}", console.ann());
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.json().getString("__type")).isEqualTo("AccessDeniedException");
    }
    Reply hidden =
        console.post(ECR + "DescribeImages", "{\"repositoryName\":\"other/app\"}", console.ann());
    assertThat(hidden.json().getString("__type")).isEqualTo("AccessDeniedException");
  }

  @Test
  void whatIsMadeFromAKeyNeedsOne() throws IOException {
    String body =
        new JsonObject()
            .put("repositoryName", "team/app")
            .put("layerDigest", "sha256:" + "0".repeat(64))
            .encode();
    Reply user = console.post(ECR + "GetDownloadUrlForLayer", body, console.ann());
    assertThat(user.json().getString("message")).contains("access key");
    Reply key = console.post(ECR + "GetDownloadUrlForLayer", body, console.admin());
    assertThat(key.json().getString("__type")).isEqualTo("LayersNotFoundException");
  }

  @Test
  void mistakesAreAnsweredAsTheSignedApiDoes() throws IOException {
    Reply unknown = console.post(ECR + "DoWhatever", "{}", console.admin());
    assertThat(unknown.json().getString("__type")).isEqualTo("UnknownOperationException");
    Reply unreadable = console.post(ECR + "DescribeRepositories", "{", console.admin());
    assertThat(unreadable.json().getString("__type")).isEqualTo("SerializationException");
    Reply large =
        console.post(ECR + "DescribeRepositories", "x".repeat(300 << 10), console.admin());
    assertThat(large.status()).isEqualTo(413);
    assertThat(console.get(ECR + "DescribeRepositories", console.admin()).status()).isEqualTo(405);
  }

  @Test
  void whoDidNotLogInIsNotHeard() throws IOException {
    Reply reply =
        console.ask(
            "POST", ECR + "DescribeRepositories", "{}", LiveConsole.JSON, LiveConsole.ORIGIN);
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.errorCode()).isEqualTo("UNAUTHORIZED");
  }
}
