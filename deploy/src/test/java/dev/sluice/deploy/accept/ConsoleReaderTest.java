package dev.sluice.deploy.accept;

import static dev.sluice.deploy.accept.KeyedNode.PREFIX;
import static dev.sluice.deploy.accept.KeyedNode.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The console of somebody who may only pull, and what it tells when upstream is in trouble. */
class ConsoleReaderTest extends ConsoleVisit {
  @BeforeEach
  void begin() throws Exception {
    pullOnce();
  }

  @Test
  void noButtonIsShownThatWouldBeRefused() throws Exception {
    logInAsReader();
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
  }

  @Test
  void aTagThatCannotBeCheckedSaysWhy() throws Exception {
    logInAsAdministrator();
    site.upstream().stop();
    page.goTo("/repositories/" + REPOSITORY);
    page.click("button", "Check latest now");

    page.awaitText("stale");
    page.awaitText("the last check failed");
    page.tab().screenshot("repository-stale");
    page.click("link", "Overview");
    page.awaitText("One thing needs attention.");
    page.awaitText("Last errors");
    page.tab().screenshot("overview-trouble");
  }

  @Test
  void aWarmUpIsBegunAndFollowedToItsEnd() throws Exception {
    site.upstream().publish("team/other", GeneratedBlob.of(2, 2 << 20));
    logInAsAdministrator();
    page.click("link", "Warm-ups");
    page.enter("textbox", "Images", PREFIX + "/team/other");
    page.click("button", "Begin");

    page.awaitText("1 of 1 image");
    page.awaitText("done");
    page.tab().screenshot("warm-up-done");
    page.enter("textbox", "Images", "nowhere/x");
    page.click("button", "Begin");
    page.awaitText("no rule covers nowhere/x");
  }
}
