package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.EcrClient;

/** A node where everybody logs in, with something to take and something that is not to be had. */
final class HostileScene implements AutoCloseable {
  private static final String PULLER = "AKIASLUICEPULLER0001";
  private static final String SECRET = "the secret of one who may pull a little";
  private static final int BLOB_SIZE = 2048;

  private final Path folder;
  private final TestUpstream upstream;
  private final SluiceNode node;
  private final GeneratedBlob blob = GeneratedBlob.of(7, BLOB_SIZE);
  private final GeneratedBlob secret = GeneratedBlob.of(8, BLOB_SIZE);
  private final String manifest;
  private final String login;
  private final Set<Path> files;

  private HostileScene(Path folder, TestUpstream upstream) throws Exception {
    this.folder = folder;
    this.upstream = upstream;
    manifest = upstream.publish("team/app", blob).digest();
    upstream.publish("team/other", GeneratedBlob.of(9, BLOB_SIZE));
    upstream.publish("team/secret", secret);
    Path password = Files.writeString(folder.resolve("puller"), SECRET);
    String puller =
        "{ id: %s, secretFile: %s, grants: [\"pull:other/*\"] }".formatted(PULLER, password);
    node =
        SluiceNode.start(
            NodeConfig.of(
                    folder.resolve("data"),
                    RuleConfig.daily("cache", upstream.endpoint()),
                    RuleConfig.daily("other", upstream.endpoint()),
                    RuleConfig.daily("private", upstream.endpoint()))
                .withKey(EcrAdmin.yaml(folder) + ", " + puller)
                .closed());
    try (EcrClient client = EcrAdmin.client(node)) {
      login =
          "Basic "
              + client.getAuthorizationToken().authorizationData().getFirst().authorizationToken();
    }
    files = files();
  }

  static HostileScene open(Path folder) throws Exception {
    TestUpstream upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
    try {
      HostileScene scene = new HostileScene(folder, upstream);
      scene.plainPull();
      return scene;
    } catch (Throwable failed) {
      upstream.close();
      throw failed;
    }
  }

  /** What stands for the names in the rows. */
  Map<String, String> places() {
    String repository = "cache/team/app";
    String wrong =
        Base64.getEncoder().encodeToString((PULLER + ":x").getBytes(StandardCharsets.UTF_8));
    return Map.ofEntries(
        Map.entry("HOST", node.registry()),
        Map.entry("AUTH", login),
        Map.entry("AUTH_LOWPRIV", "Basic " + wrong),
        Map.entry("PREFIX", "cache"),
        Map.entry("PREFIX2", "private"),
        Map.entry("REPO", repository),
        Map.entry("REPO_PCT", repository.replace("/", "%2f")),
        Map.entry("REPO2", "cache/team/other"),
        Map.entry("PRIVREPO", "private/team/secret"),
        Map.entry("TAG", "latest"),
        Map.entry("MAN", manifest),
        Map.entry("BLOB", blob.digest()),
        Map.entry("BLOB_PCT", blob.digest().replace(":", "%3a")),
        Map.entry("BLOB_UPPER", "sha256:" + blob.digest().substring(7).toUpperCase(Locale.ROOT)),
        Map.entry("PRIVBLOB", secret.digest()));
  }

  RawAnswer send(String raw) throws Exception {
    return RawAnswer.to(node.port(), raw);
  }

  /** What somebody without ill will gets, who takes a manifest and a blob. */
  List<RawAnswer> plainPull() throws Exception {
    return List.of(
        plain("/v2/cache/team/app/manifests/latest"),
        plain("/v2/cache/team/app/blobs/" + blob.digest()));
  }

  RawAnswer plain(String path) throws Exception {
    return send(
        "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nConnection: close\r\n\r\n"
            .formatted(path, node.registry(), login));
  }

  String blob() {
    return blob.digest();
  }

  /** How many questions upstream has had. */
  long asked() {
    return upstream.countOf("");
  }

  String log() throws Exception {
    return node.log();
  }

  /** In bytes, of the node's heap. */
  double heap() throws Exception {
    return node.metrics()
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** Files that are neither the store's nor known since the start. */
  Set<Path> strangeFiles() throws Exception {
    Set<Path> strange = files();
    strange.removeAll(files);
    return strange;
  }

  private Set<Path> files() throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !path.startsWith(folder.resolve("data")))
          .collect(Collectors.toSet());
    }
  }

  @Override
  public void close() throws IOException {
    node.close();
    upstream.close();
  }
}
