package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of somebody who may only pull, and what it tells when upstream is in trouble. */
@RequiresBrowser
class ConsoleReaderTest {
  private static final String REPOSITORY = ConsoleStage.PREFIX + "/team/app";

  @TempDir Path folder;
  @AutoClose private ConsoleStage stage;
  private BrowserPage page;

  @BeforeEach
  void open() throws Exception {
    stage = ConsoleStage.open(folder);
    page = stage.page();
    stage.upstream().publish("team/app", GeneratedBlob.of(1, 1 << 20));
    new Skopeo(folder.resolve("skopeo"))
        .pullAll(stage.node().registry() + "/" + REPOSITORY + ":latest");
  }

  @Test
  void noButtonIsShownThatWouldBeRefused() throws Exception {
    stage.logInAsReader();
    page.awaitText("read only");
    assertThat(page.has("link", "Rules")).isFalse();
    assertThat(page.has("link", "Warm-ups")).isFalse();
    page.tab().screenshot("reader-overview");

    page.click("link", "Repositories");
    page.click("link", REPOSITORY);
    page.awaitText("latest");
    assertThat(page.has("button", "Check latest now")).isFalse();
    assertThat(page.has("button", "Delete the repository")).isFalse();
    assertThat(page.has("button", "Copy docker pull command")).isTrue();
    page.tab().screenshot("reader-repository");
    page.goTo("/rules/new");
    page.awaitText("This page is for those with the grant admin.");
    stage.assertUntroubled();
  }

  @Test
  void aTagThatCannotBeCheckedSaysWhy() throws Exception {
    stage.logIn();
    stage.upstream().stop();
    page.goTo("/repositories/" + REPOSITORY);
    page.click("button", "Check latest now");

    page.awaitText("stale");
    page.awaitText("the last check failed");
    page.tab().screenshot("repository-stale");
    page.click("link", "Overview");
    page.awaitText("One thing needs attention.");
    page.awaitText("Last errors");
    page.tab().screenshot("overview-trouble");
    stage.assertUntroubled();
  }

  @Test
  void aWarmUpIsBegunAndFollowedToItsEnd() throws Exception {
    stage.upstream().publish("team/other", GeneratedBlob.of(2, 2 << 20));
    stage.logIn();
    page.click("link", "Warm-ups");
    page.enter("textbox", "Images", ConsoleStage.PREFIX + "/team/other");
    page.click("button", "Begin");

    page.awaitText("1 of 1 image");
    page.awaitText("done");
    page.tab().screenshot("warm-up-done");
    page.enter("textbox", "Images", "nowhere/x");
    page.click("button", "Begin");
    page.awaitText("no rule covers nowhere/x");
    stage.assertUntroubled();
  }
}
