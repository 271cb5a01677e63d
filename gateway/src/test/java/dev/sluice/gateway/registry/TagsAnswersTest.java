package dev.sluice.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.TagsAnswer.Page;
import dev.sluice.fetcher.TagsRequest;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsAnswersTest {

  private static final String PATH = "/v2/hub/app/tags/list";

  @AutoClose private final LiveGateway gateway = new LiveGateway();

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void aListIsAnsweredAsTheSpecHasIt(String method) throws IOException {
    gateway.fetch().tags(new Page(List.of("b", "a", "C"), Map.of(), Optional.empty()));

    Reply reply = gateway.ask(method, PATH);

    String body = "{\"name\":\"hub/app\",\"tags\":[\"b\",\"a\",\"C\"]}";
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(body.length()));
    assertThat(reply.header("Docker-Distribution-Api-Version")).isEqualTo("registry/2.0");
    assertThat(reply.header("Link")).isNull();
    assertThat(reply.header("Warning")).isNull();
    assertThat(reply.text()).isEqualTo(method.equals("GET") ? body : "");
  }

  @Test
  void theNextPageIsOnThisRegistry() throws IOException {
    gateway
        .fetch()
        .tags(
            new Page(List.of("a"), Map.of("n", "1", "last", "a"), Optional.empty()),
            new Page(List.of(), Map.of(), Optional.empty()));

    Reply reply = gateway.ask("GET", PATH + "?n=1&unknown=x");

    assertThat(reply.header("Link")).isEqualTo("</v2/hub/app/tags/list?last=a&n=1>; rel=\"next\"");
    String next = reply.header("Link").substring(1).split(">")[0];
    assertThat(gateway.ask("GET", next).json().getJsonArray("tags")).isEmpty();
    assertThat(gateway.fetch().asked())
        .containsExactly(request(Map.of("n", "1")), request(Map.of("n", "1", "last", "a")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"n=0", "n=00", "n=0&last=a"})
  void nobodyIsAskedForNoTags(String query) throws IOException {
    Reply reply = gateway.ask("GET", PATH + '?' + query);

    assertThat(reply.json()).isEqualTo(new JsonObject("{\"name\":\"hub/app\",\"tags\":[]}"));
    assertThat(reply.header("Link")).isNull();
    assertThat(gateway.fetch().asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"n=-1", "n=x", "n=1;last=zzz", "n=1&last=a%0d%0aX-Injected:%201"})
  void aPageThatCannotBeIsRefused(String query) throws IOException {
    Reply reply = gateway.ask("GET", PATH + '?' + query);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errorCode()).isEqualTo("PAGINATION_NUMBER_INVALID");
    assertThat(reply.header("X-Injected")).isNull();
    assertThat(gateway.fetch().asked()).isEmpty();
  }

  @Test
  void aKeptListSaysSo() throws IOException {
    gateway.fetch().tags(new Page(List.of("a"), Map.of(), Optional.of("it is down")));

    assertThat(gateway.ask("GET", PATH).header("Warning")).isEqualTo("299 - \"it is down\"");
  }

  @Test
  void aRepositoryThatUpstreamDoesNotKnowIsUnknown() throws IOException {
    gateway.fetch().tags(Refused.absent(Reason.NAME_UNKNOWN, "no such repository"));

    Reply reply = gateway.ask("GET", PATH);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.errorCode()).isEqualTo("NAME_UNKNOWN");
  }

  private static TagsRequest request(Map<String, String> paging) {
    return new TagsRequest(new RepositoryName("hub/app"), paging);
  }
}
