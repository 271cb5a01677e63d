package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.ConfigLoader;
import dev.sluice.deploy.config.Loaded;
import dev.sluice.deploy.config.LoadedAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * A node's life in a second: start, a few answers, a drain. The launcher lets the JVM watch it once
 * after a build and keep what it learned (JEP 483, JEP 514), which makes every later start faster.
 */
final class Rehearsal {

  private static final List<String> PATHS =
      List.of(
          "/v2/",
          "/v2/nothing/here/manifests/latest",
          "/v2/nothing/here/blobs/sha256:" + "0".repeat(64),
          "/v2/nothing/here/tags/list");

  /** Any operation of the ECR API; without a signature its head is judged, and no more. */
  private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken";

  private Rehearsal() {}

  /** Lives once, with the folder named by the only argument for its data. */
  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[0]);
    Map<String, String> anyPorts =
        Map.of("SLUICE_LISTEN", "127.0.0.1:0", "SLUICE_MANAGEMENT", "127.0.0.1:0");
    if (!(new ConfigLoader(anyPorts, data).load() instanceof Loaded.Valid(var read))) {
      throw new IllegalStateException("the defaults are invalid");
    }
    Config config = read.withData(data);
    LiveAccess access =
        new LiveAccess(config.access(), () -> new LoadedAccess.Valid(config.access()));
    try (Node node = Node.start(config, access, Clock.systemUTC());
        HttpClient client = HttpClient.newHttpClient()) {
      Banner.text(config, node.port());
      URI origin = URI.create("http://127.0.0.1:" + node.port());
      for (String path : PATHS) {
        ask(client, HttpRequest.newBuilder(origin.resolve(path)));
      }
      ask(
          client,
          HttpRequest.newBuilder(origin.resolve("/"))
              .header("Content-Type", "application/x-amz-json-1.1")
              .header("X-Amz-Target", TARGET)
              .POST(BodyPublishers.ofString("{}")));
    }
  }

  private static void ask(HttpClient client, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    client.send(request.build(), BodyHandlers.discarding());
  }
}
