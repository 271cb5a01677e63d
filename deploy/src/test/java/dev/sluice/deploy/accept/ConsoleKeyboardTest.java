package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The console without a mouse. */
class ConsoleKeyboardTest extends ConsoleVisit {
  private static final int MOST_STEPS = 60;

  @Test
  void aRuleIsAddedValidatedAndDeletedByKeysAlone() throws Exception {
    logIn();

    tabTo("Rules");
    page.press(Key.ENTER);
    awaitFocus("Rules");
    tabTo("Add a rule");
    page.press(Key.ENTER);
    awaitFocus("Add a rule");
    tabTo("Upstream registry");
    page.type("127.0.0.1:" + site.upstream().port());
    page.press(Key.TAB);
    page.type("mine");
    page.press(Key.ENTER);

    awaitFocus("mine");
    page.awaitText("Valid. ");
    deleteTheRule();
  }

  @Test
  void theFirstKeySkipsToTheContent() throws Exception {
    logInAsAdministrator();
    page.tab().evaluate("document.activeElement.blur()");
    page.goTo("/repositories");
    awaitFocus("Repositories");
    page.tab().evaluate("document.getElementById('skip').focus()");
    page.tab().screenshot("skip-link");
    page.press(Key.ENTER);

    assertThat(page.tab().evaluate("document.activeElement.id")).isEqualTo("main");
    page.press(Key.TAB);
    assertThat(page.focused()).isEqualTo("Names that begin with");
  }

  private void logIn() throws Exception {
    awaitFocus("User, or access key id");
    page.type(EcrAdmin.ID);
    page.press(Key.TAB);
    page.type(EcrAdmin.SECRET);
    page.press(Key.ENTER);
    page.find("heading", "Overview");
  }

  private void deleteTheRule() throws Exception {
    tabTo("Delete the rule");
    page.tab().screenshot("focus");
    page.press(Key.ENTER);
    awaitFocus("Cancel");
    page.press(Key.ESCAPE);
    awaitFocus("Delete the rule");
    page.press(Key.ENTER);
    awaitFocus("Cancel");
    page.press(Key.TAB);
    page.press(Key.SPACE);

    page.awaitText("The rule mine is deleted.");
    awaitFocus("Rules");
  }

  private void tabTo(String name) throws Exception {
    page.find("RootWebArea", String.valueOf(page.tab().evaluate("document.title")));
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      page.press(Key.TAB);
      if (page.focused().equals(name)) {
        return;
      }
    }
    throw new AssertionError("no key leads to " + name + " on the page:\n" + page.text());
  }

  private void awaitFocus(String name) throws Exception {
    page.await("focus on " + name, () -> page.focused().equals(name));
  }
}
