package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the console shows of a rule without a prefix, and of images that arrive while it is open.
 */
@RequiresBrowser
class ConsoleRarerPagesTest {

  @TempDir Path folder;
  @AutoClose private ConsoleStage stage;
  private BrowserPage page;

  @BeforeEach
  void open() throws Exception {
    stage = ConsoleStage.open(folder, "defaults: { platforms: requested }\n");
    page = stage.page();
    stage.logIn();
  }

  @Test
  void theRuleForAllOtherNamesIsMadeAndNamesNoPrefix() throws Exception {
    stage.upstream().publish("team/app", GeneratedBlob.of(1, 1_000));
    page.goTo("/rules/new");
    page.enter("textbox", "Upstream registry", "127.0.0.1:" + stage.upstream().port());
    page.enter("textbox", "Prefix here", "ROOT");
    page.awaitText("Images are pulled as: " + stage.node().registry() + "/IMAGE:TAG");
    page.click("button", "Add the rule");

    page.awaitText("images can be pulled through this node.");
    page.awaitText("docker pull " + stage.node().registry() + "/IMAGE:TAG");
    pull("/v2/team/app/manifests/latest");
    page.goTo("/rules");
    page.click("link", "ROOT");
    page.find("link", "team/app");
    stage.assertUntroubled();
  }

  @Test
  void aRuleShowsNoRepositoriesOfALongerOne() throws Exception {
    stage.upstream().publish("team/app", GeneratedBlob.of(1, 1_000));
    page.goTo("/rules/new");
    page.enter("textbox", "Upstream registry", "127.0.0.1:" + stage.upstream().port());
    page.enter("textbox", "Prefix here", ConsoleStage.PREFIX + "/longer");
    page.click("button", "Add the rule");
    page.awaitText("Valid. ");
    pull("/v2/here/longer/team/app/manifests/latest");
    pull("/v2/here/team/app/manifests/latest");

    page.goTo("/rules/" + ConsoleStage.PREFIX);
    page.find("link", "here/team/app");
    assertThat(page.has("link", "here/longer/team/app")).isFalse();
  }

  @Test
  void anImageThatArrivesIsNoLongerCalledAbsent() throws Exception {
    Content child = stage.upstream().publish("team/app", GeneratedBlob.of(1, 1_000));
    String index = stage.upstream().publishIndexOf("team/app", child).digest();
    pull("/v2/here/team/app/manifests/latest");
    page.goTo("/repositories/here/team/app");
    page.click("button", "Children of " + shortened(index));
    page.awaitText("not cached");
    assertThat(page.has("button", "Delete " + shortened(child.digest()))).isFalse();

    pull("/v2/here/team/app/manifests/" + child.digest());
    page.click("button", "Check latest now");

    page.find("button", "Delete " + shortened(child.digest()));
    assertThat(page.text()).doesNotContain("not cached");
    stage.assertUntroubled();
  }

  private void pull(String path) throws Exception {
    assertThat(stage.node().get(path).statusCode()).isEqualTo(200);
  }

  private static String shortened(String digest) {
    return digest.substring("sha256:".length(), "sha256:".length() + 12);
  }
}
