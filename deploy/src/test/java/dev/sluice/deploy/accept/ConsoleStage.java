package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A node with two keys and one rule, an upstream that takes its time, and somebody at a browser.
 *
 * @param page where the console is, not yet logged in
 */
record ConsoleStage(TestUpstream upstream, SluiceNode node, Chromium chromium, BrowserPage page)
    implements AutoCloseable {
  /** The prefix of the rule that is there. */
  static final String PREFIX = "here";

  private static final String READER = "AKIASLUICEREADER0001";
  private static final String READER_SECRET = "the secret of the tests' reader";

  /** So slow that a fill of a few mebibytes can be watched. */
  private static final long BYTES_PER_SECOND = 3L << 20;

  static ConsoleStage open(Path folder) throws Exception {
    return open(folder, "");
  }

  /** The same, with further lines of the node's YAML. */
  static ConsoleStage open(Path folder, String more) throws Exception {
    TestUpstream upstream = TestUpstream.start(Pace.of(BYTES_PER_SECOND));
    NodeConfig config =
        NodeConfig.of(folder.resolve("data"), RuleConfig.daily(PREFIX, upstream.endpoint()))
            .withKey(EcrAdmin.yaml(folder) + ", " + reader(folder))
            .with(more);
    SluiceNode node = SluiceNode.start(config);
    Chromium chromium = Chromium.start(folder.resolve("browser"));
    var stage = new ConsoleStage(upstream, node, chromium, chromium.newPage());
    stage.page.open("http://" + node.registry() + "/");
    return stage;
  }

  private static String reader(Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("reader"), READER_SECRET);
    return "{ id: %s, secretFile: %s, grants: ['pull:%s/*'] }".formatted(READER, file, PREFIX);
  }

  /** Logs the administrator in with a mouse. */
  void logIn() throws Exception {
    logIn(EcrAdmin.ID, EcrAdmin.SECRET);
  }

  /** Logs somebody in who may pull what the rule brings, and nothing else. */
  void logInAsReader() throws Exception {
    logIn(READER, READER_SECRET);
  }

  private void logIn(String name, String secret) throws Exception {
    page.enter("textbox", "User, or access key id", name);
    page.enter("textbox", "Password, or secret", secret);
    page.click("button", "Log in");
    page.find("heading", "Overview");
  }

  /** Nothing failed in the page, and no script ran that is not its own. */
  void assertUntroubled() {
    assertThat(page.tab().troubles()).isEmpty();
  }

  @Override
  public void close() throws IOException {
    chromium.close();
    node.close();
    upstream.close();
  }
}
