package dev.sluice.deploy.accept;

import static dev.sluice.deploy.accept.KeyedNode.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody at a browser before the console of a node, not yet logged in. The upstream takes its
 * time. Whatever a test does, nothing may fail in the page, and no script run that is not its own.
 */
@RequiresBrowser
abstract class ConsoleVisit {
  /** So slow that a fill of a few mebibytes can be watched. */
  private static final long BYTES_PER_SECOND = 3L << 20;

  @TempDir Path folder;
  @AutoClose KeyedNode site;
  @AutoClose private Chromium chromium;
  BrowserPage page;

  @BeforeEach
  void arrive() throws Exception {
    site = KeyedNode.start(folder, Pace.of(BYTES_PER_SECOND), configuration());
    chromium = Chromium.start(folder.resolve("browser"));
    page = chromium.newPage();
    openTheConsole();
  }

  /** Further lines of the node's YAML. */
  String configuration() {
    return "";
  }

  @AfterEach
  void nothingWentWrongInThePage() {
    assertThat(page.tab().troubles()).isEmpty();
  }

  /** Opens the console's page, or opens it anew. */
  final void openTheConsole() throws Exception {
    page.open("http://" + site.node().registry() + "/");
  }

  /** Logs the administrator in with a mouse. */
  final void logInAsAdministrator() throws Exception {
    logIn(EcrAdmin.ID, EcrAdmin.SECRET);
  }

  /** Logs somebody in who may pull, and nothing else. */
  final void logInAsReader() throws Exception {
    logIn(KeyedNode.READER, KeyedNode.READER_SECRET);
  }

  private void logIn(String name, String secret) throws Exception {
    page.enter("textbox", "User, or access key id", name);
    page.enter("textbox", "Password, or secret", secret);
    page.click("button", "Log in");
    page.find("heading", "Overview");
  }

  /** Has a small image of upstream pulled through the node. */
  final void pullOnce() throws IOException {
    site.publish(GeneratedBlob.of(1, 1 << 20));
    pull(REPOSITORY);
  }

  /** Pulls the latest image of a repository. */
  final void pull(String repository) throws IOException {
    new Skopeo(folder.resolve("skopeo"))
        .pullAll(site.node().registry() + "/" + repository + ":latest");
  }
}
