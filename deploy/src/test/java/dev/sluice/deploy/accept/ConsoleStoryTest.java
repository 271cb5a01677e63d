package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator's first hour with the console; pictures of it go to {@code target/screenshots}. */
class ConsoleStoryTest extends ConsoleVisit {
  private static final String REPOSITORY = "mine/team/app";

  @BeforeEach
  void publish() {
    site.publish(GeneratedBlob.of(1, 18L << 20));
  }

  @Test
  void aRuleIsAddedPulledThroughCheckedAndDeleted() throws Exception {
    logIn();
    addTheRule();
    pullAndWatch();
    checkAfterTheTagHasMoved();
    deleteTheRule();
    deleteTheRepository();
  }

  @Test
  void aWrongPasswordIsRefusedInWords() throws Exception {
    page.enter("textbox", "User, or access key id", EcrAdmin.ID);
    page.enter("textbox", "Password, or secret", "wrong");
    page.click("button", "Log in");

    page.awaitText("No user or key has this name and password.");
    page.tab().screenshot("login-refused");

    logInAsAdministrator();
    page.click("button", "Log out");
    page.find("heading", "Log in to Sluice");
    page.goTo("/repositories");
    assertThat(page.has("heading", "Repositories")).isFalse();
  }

  private void logIn() throws Exception {
    page.find("heading", "Log in to Sluice");
    page.tab().screenshot("login");
    logInAsAdministrator();
    page.awaitText("Nothing is cached yet");
    page.tab().screenshot("overview-empty");
  }

  private void addTheRule() throws Exception {
    page.click("link", "Rules");
    page.click("link", "Add a rule");
    page.enter("textbox", "Upstream registry", "127.0.0.1:" + site.upstream().port());
    page.enter("textbox", "Prefix here", "mine");
    page.tab().screenshot("rule-new");
    page.click("button", "Add the rule");

    page.find("heading", "mine");
    page.awaitText("Valid. ");
    page.awaitText("docker pull " + site.node().registry() + "/mine/");
    page.tab().screenshot("rule-valid");
  }

  private void pullAndWatch() throws Exception {
    page.click("link", "Overview");
    CompletableFuture<Void> pull = beginPull();
    page.find("progressbar", "Fill of " + REPOSITORY);
    page.await("a fill that moves", () -> progress() > 5);
    int before = progress();
    page.await("a fill that goes on", () -> progress() > before || pull.isDone());
    assertThat(pull).as("it was watched while it was pulled").isNotDone();
    page.tab().screenshot("overview-fill");
    pull.join();

    page.click("link", "Repositories");
    page.find("link", REPOSITORY);
    page.tab().screenshot("repositories");
    page.click("link", "Activity");
    page.awaitText("manifest latest");
    page.tab().screenshot("activity");
  }

  private CompletableFuture<Void> beginPull() {
    return CompletableFuture.runAsync(
        () -> {
          try {
            pull(REPOSITORY);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private int progress() throws Exception {
    Object value =
        page.tab()
            .evaluate(
                "Number(document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') ??"
                    + " -1)");
    return ((Number) value).intValue();
  }

  private void checkAfterTheTagHasMoved() throws Exception {
    String moved = site.publish(GeneratedBlob.of(2, 1 << 20)).digest();
    page.click("link", "Repositories");
    page.click("link", REPOSITORY);
    page.click("button", "Check latest now");

    page.awaitText("latest has moved");
    page.awaitText(moved.substring("sha256:".length(), "sha256:".length() + 12));
    page.tab().screenshot("repository-moved");
  }

  private void deleteTheRule() throws Exception {
    page.click("link", "mine");
    page.click("button", "Delete the rule");
    page.awaitText("Delete the rule mine?");
    page.tab().screenshot("rule-delete");
    // What lies behind the dialog cannot be used meanwhile.
    page.click("button", "Delete the rule");

    page.awaitText("The rule mine is deleted.");
    page.find("heading", "Rules");
    assertThat(page.has("link", "mine")).isFalse();
  }

  private void deleteTheRepository() throws Exception {
    page.click("link", "Repositories");
    page.awaitText("inactive");
    page.click("link", REPOSITORY);
    page.click("button", "Delete the repository");
    page.awaitText("Delete " + REPOSITORY + "?");
    page.click("button", "Delete the repository");

    page.awaitText(REPOSITORY + " is deleted.");
    page.awaitText("Nothing is cached yet");
  }
}
