package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A node with one rule and two keys, and the rule's upstream: {@link EcrAdmin} may do everything,
 * and a reader may pull some of what the rule brings.
 */
record KeyedNode(TestUpstream upstream, SluiceNode node) implements AutoCloseable {
  /** The prefix of the rule. */
  static final String PREFIX = "here";

  /** The repository of {@link #publish}, which the reader may pull. */
  static final String REPOSITORY = PREFIX + "/team/app";

  static final String READER = "AKIASLUICEREADER0001";
  static final String READER_SECRET = "the secret of the tests' reader";

  static KeyedNode start(Path folder, Pace pace) throws Exception {
    return start(folder, pace, "");
  }

  /** The same, with further lines of YAML. */
  static KeyedNode start(Path folder, Pace pace, String more) throws Exception {
    TestUpstream upstream = TestUpstream.start(pace);
    NodeConfig config =
        NodeConfig.of(folder.resolve("data"), RuleConfig.daily(PREFIX, upstream.endpoint()))
            .withKey(EcrAdmin.yaml(folder) + ", " + reader(folder))
            .with(more);
    return new KeyedNode(upstream, SluiceNode.start(config));
  }

  private static String reader(Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("reader"), READER_SECRET);
    return "{ id: %s, secretFile: %s, grants: ['pull:%s/team/*'] }".formatted(READER, file, PREFIX);
  }

  /** Has upstream's repository hold an image of this layer, which nobody has pulled. */
  Content publish(GeneratedBlob layer) {
    return upstream.publish("team/app", layer);
  }

  @Override
  public void close() throws IOException {
    node.close();
    upstream.close();
  }
}
