package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A node with one key and one rule, an upstream that takes its time, and somebody at a browser.
 *
 * @param page where the console is, not yet logged in
 */
record ConsoleStage(TestUpstream upstream, SluiceNode node, Chromium chromium, BrowserPage page)
    implements AutoCloseable {
  /** The prefix of the rule that is there. */
  static final String PREFIX = "here";

  /** So slow that a fill of a few mebibytes can be watched. */
  private static final long BYTES_PER_SECOND = 3L << 20;

  static ConsoleStage open(Path folder) throws Exception {
    TestUpstream upstream = TestUpstream.start(Pace.of(BYTES_PER_SECOND));
    NodeConfig config =
        NodeConfig.of(folder.resolve("data"), RuleConfig.daily(PREFIX, upstream.endpoint()))
            .withKey(EcrAdmin.yaml(folder));
    SluiceNode node = SluiceNode.start(config);
    Chromium chromium = Chromium.start(folder.resolve("browser"));
    var stage = new ConsoleStage(upstream, node, chromium, chromium.newPage());
    stage.page.open("http://" + node.registry() + "/");
    return stage;
  }

  /** Logs in with a mouse. */
  void logIn() throws Exception {
    page.enter("textbox", "User, or access key id", EcrAdmin.ID);
    page.enter("textbox", "Password, or secret", EcrAdmin.SECRET);
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
