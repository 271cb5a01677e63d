package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What else than images a real registry has, and what real clients are told through a node. */
@RequiresClients
class ArtifactsTest {

  private static final String EMPTY = "application/vnd.oci.empty.v1+json";
  private static final String ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";
  private static final String SIGNATURE = "application/vnd.example.signature.v1+json";

  @TempDir Path folder;
  private DockerRegistry registry;
  private SluiceNode node;
  private Skopeo skopeo;
  private TestImage image;

  @BeforeEach
  void startRegistryAndNode() throws Exception {
    skopeo = new Skopeo(folder.resolve("skopeo"));
    registry = DockerRegistry.start(folder.resolve("registry"));
    image = TestImage.saying("signed", folder.resolve("image"));
    skopeo.push(image, registry.address() + "/team/app:v1");
    RuleConfig rule = RuleConfig.daily("cache", registry.endpoint());
    node = SluiceNode.start(NodeConfig.of(folder.resolve("data"), rule));
  }

  @AfterEach
  void stopWhatWasStarted() throws Exception {
    try (var _ = registry) {
      if (node != null) {
        node.close();
      }
    }
  }

  @Test
  void signaturesAreFoundByTagAndByReferrersThoughTheRegistryKnowsNone() throws Exception {
    String name = image.digest().replace(':', '-');
    String signature = sign(name);

    for (String suffix : List.of(".sig", ".att", ".sbom")) {
      String tag = name + suffix;
      assertThat(node.get("/v2/cache/team/app/manifests/" + tag).body())
          .isEqualTo(signature.getBytes(StandardCharsets.UTF_8));
      skopeo.pullAll(node.registry() + "/cache/team/app:" + tag);
    }
    assertListed(Sha256.of(signature.getBytes(StandardCharsets.UTF_8)));
    skopeo.pullAll(node.registry() + "/cache/team/app:v1");
    registry.stop();
    assertListed(Sha256.of(signature.getBytes(StandardCharsets.UTF_8)));
    skopeo.pullAll(node.registry() + "/cache/team/app:" + name + ".sig");
    var tags = node.get("/v2/cache/team/app/tags/list");
    assertThat(new String(tags.body(), StandardCharsets.UTF_8)).contains("\"v1\"", name + ".sig");
    assertThat(tags.headers().firstValue("Warning")).isPresent();
  }

  private void assertListed(String digest) throws Exception {
    var answer =
        node.get("/v2/cache/team/app/referrers/" + image.digest() + "?artifactType=" + SIGNATURE);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(MediaTypes.INDEX);
    assertThat(answer.headers().firstValue("OCI-Filters-Applied")).contains("artifactType");
    var listed =
        new JsonObject(new String(answer.body(), StandardCharsets.UTF_8)).getJsonArray("manifests");
    assertThat(listed).hasSize(1);
    JsonObject one = listed.getJsonObject(0);
    assertThat(one.getString("digest")).isEqualTo(digest);
    assertThat(one.getString("artifactType")).isEqualTo(SIGNATURE);
    assertThat(one.getJsonObject("annotations").getString("by")).isEqualTo("nobody");
  }

  /**
   * Writes what cosign and oras write: tags of their own, and a list of what refers to an image.
   */
  private String sign(String name) throws Exception {
    try (var writer = new RegistryWriter(registry.endpoint(), "team/app")) {
      String config = writer.blob(EMPTY, "{}".getBytes(StandardCharsets.UTF_8));
      String layer = writer.blob(ZSTD, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 1});
      String signature =
          """
          {"schemaVersion":2,"mediaType":"%s","artifactType":"%s","config":%s,"layers":[%s],\
          "subject":{"mediaType":"%s","digest":"%s","size":7},"annotations":{"by":"nobody"}}"""
              .formatted(
                  MediaTypes.MANIFEST, SIGNATURE, config, layer, MediaTypes.INDEX, image.digest());
      for (String suffix : List.of(".sig", ".att", ".sbom")) {
        writer.manifest(name + suffix, MediaTypes.MANIFEST, signature);
      }
      String described =
          RegistryWriter.descriptor(
              MediaTypes.MANIFEST,
              signature.getBytes(StandardCharsets.UTF_8),
              ",\"artifactType\":\"%s\",\"annotations\":{\"by\":\"nobody\"}".formatted(SIGNATURE));
      writer.manifest(
          name,
          MediaTypes.INDEX,
          "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
              .formatted(MediaTypes.INDEX, described));
      return signature;
    }
  }

  @Test
  void whoPushesIsToldWhereTo() throws Exception {
    Tool.Outcome outcome = skopeo.tryPush(image, node.registry() + "/cache/team/app:v2");

    assertThat(outcome.exit()).isNotZero();
    assertThat(outcome.stderr())
        .contains(
            "Sluice is a cache and takes no pushes: push to cache.registry.test/team/app instead");
  }

  @Test
  void aNodeBehindANodePullsRightColdAndWarm() throws Exception {
    RuleConfig rule = RuleConfig.daily("edge", "http://" + node.registry());
    try (var outer = SluiceNode.start(NodeConfig.of(folder.resolve("outer"), rule))) {
      String name = outer.registry() + "/edge/cache/team/app:v1";
      skopeo.pullAll(name);
      assertThat(skopeo.digestOf(name)).isEqualTo(image.digest());
      node.close();
      skopeo.pullAll(name);
    }
  }

  @Test
  void aRuleThatLeadsBackThroughALoadBalancerIsRefusedAtOnce() throws Exception {
    int port = FreePort.next();
    try (var balancer = CountingProxy.before("http://127.0.0.1:" + port)) {
      var rule = new RuleConfig("ROOT", "other.registry.test", balancer.endpoint(), "24h");
      var config =
          new NodeConfig(
              port, FreePort.next(), folder.resolve("circle"), List.of(rule), "pull", "", "");
      try (var circle = SluiceNode.start(config)) {
        Tool.Outcome outcome = skopeo.copyAll(circle.registry() + "/team/app:v1");

        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.stderr()).contains("508 Loop Detected");
        assertThat(balancer.requests()).hasSizeLessThan(10);
      }
    }
  }
}
