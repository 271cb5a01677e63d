package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.ConfigLoader;
import dev.sluice.deploy.config.Loaded;
import dev.sluice.deploy.config.LoadedAccess;
import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.LayerTickets;
import dev.sluice.gateway.access.RegistryTokens;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import dev.sluice.storage.peer.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However somebody logs in, well or not, what they showed stands in no log, metric or answer. */
final class LoginRedactionTest {

  private static final String ID = "AKIASLUICEADMIN00001";
  private static final String SECRET = "s3cret-of-forty-characters-0123456789abc";
  private static final String PASSWORD = "pa55word";

  /** Of another password. */
  private static final String HASH = "$2b$04$q7NicE6EKB457yWrv.whv.qoLDL98ZXCkdTPsr75i0mglDvXRJsM2";

  @TempDir private Path folder;
  @AutoClose private final SpokenLines log = new SpokenLines();
  @AutoClose private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> said = new ArrayList<>();
  private LiveAccess live;
  private Node node;

  @BeforeEach
  void start() throws Exception {
    write("key", SECRET);
    write("users", "ann:" + HASH);
    Path file =
        write(
            "sluice.yaml",
            """
            {listen: "127.0.0.1:0", management: "127.0.0.1:0", data: DIR/data, rules: [],
             access: {anonymous: none, users: {file: DIR/users, grants: {ann: [admin]}},
                      keys: [{id: %s, secretFile: DIR/key, grants: [admin]}]}}
            """
                .formatted(ID));
    ConfigLoader loader = new ConfigLoader(Map.of(), folder);
    Config config = ((Loaded.Valid) loader.load(file)).config();
    live = new LiveAccess(config.access(), () -> new LoadedAccess.Valid(config.access()));
    said.add(config.toString());
    node = Node.start(config, live, Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void loginsAndTicketsAreSaidNowhere() throws Exception {
    AccessKey key = live.get().key(ID).orElseThrow();
    String token = new RegistryTokens(Clock.systemUTC(), live).issue(key).password();
    Digest digest = Digest.sha256(new byte[] {1});
    RepositoryName name = new RepositoryName("a/app");
    String ticket = new LayerTickets(Clock.systemUTC(), live).issue(key, name, digest);
    String blob = "/v2/a/app/blobs/" + digest;

    assertThat(login("/v2/", "AWS", token)).isEqualTo(200);
    assertThat(login("/v2/a/app/manifests/latest", "AWS", token)).isEqualTo(404);
    assertThat(login("/v2/", "AWS", token + "x")).isEqualTo(401);
    assertThat(login("/v2/", "ann", PASSWORD)).isEqualTo(401);
    assertThat(login("/v2/", "AWS", SECRET)).isEqualTo(401);
    assertThat(ask(blob + "?ticket=" + ticket)).isEqualTo(404);
    assertThat(ask(blob + "?ticket=" + ticket + "x")).isEqualTo(403);
    assertThat(ask(blob + "?%74icket=" + ticket)).isEqualTo(404);
    assertThat(ask("/v2/a/app/nothing?ticket=" + ticket)).isEqualTo(401);
    Files.delete(folder.resolve("key"));
    write("users", "ann:" + PASSWORD);
    live.look();

    Waiting.until(() -> log.all().stream().anyMatch(line -> line.contains(blob + "?... 404")));
    List<String> all = new ArrayList<>(log.all());
    assertThat(all).anySatisfy(line -> assertThat(line).contains("is closed"));
    all.addAll(said);
    all.add(live.get().toString());
    assertThat(all)
        .allSatisfy(
            line ->
                assertThat(line)
                    .doesNotContain(SECRET, PASSWORD, HASH, "Basic " + "Q", signature(token))
                    .doesNotContain(signature(ticket)));
  }

  private static String signature(String signed) {
    return signed.substring(signed.lastIndexOf('.') + 1);
  }

  private int login(String path, String name, String password) throws Exception {
    byte[] pair = (name + ':' + password).getBytes(StandardCharsets.UTF_8);
    return ask(path, "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  private int ask(String path, String... headers) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + node.port() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    said.add(answer.headers().map() + answer.body());
    return answer.statusCode();
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content.replace("DIR", folder.toString()));
  }
}
