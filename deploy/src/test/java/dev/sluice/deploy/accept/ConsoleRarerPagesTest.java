package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the console shows of a rule without a prefix, and of images that arrive while it is open.
 */
class ConsoleRarerPagesTest extends ConsoleVisit {

  @Override
  String configuration() {
    return "defaults: { platforms: requested }\n";
  }

  @BeforeEach
  void logIn() throws Exception {
    logInAsAdministrator();
  }

  @Test
  void theRuleForAllOtherNamesIsMadeAndNamesNoPrefix() throws Exception {
    site.upstream().publish("team/app", GeneratedBlob.of(1, 1_000));
    page.goTo("/rules/new");
    page.enter("textbox", "Upstream registry", "127.0.0.1:" + site.upstream().port());
    page.enter("textbox", "Prefix here", "ROOT");
    page.awaitText("Images are pulled as: " + site.node().registry() + "/IMAGE:TAG");
    page.click("button", "Add the rule");

    page.awaitText("images can be pulled through this node.");
    page.awaitText("docker pull " + site.node().registry() + "/IMAGE:TAG");
    ask("/v2/team/app/manifests/latest");
    page.goTo("/rules");
    page.click("link", "ROOT");
    page.find("link", "team/app");
  }

  @Test
  void aRuleShowsNoRepositoriesOfALongerOne() throws Exception {
    site.upstream().publish("team/app", GeneratedBlob.of(1, 1_000));
    page.goTo("/rules/new");
    page.enter("textbox", "Upstream registry", "127.0.0.1:" + site.upstream().port());
    page.enter("textbox", "Prefix here", KeyedNode.PREFIX + "/longer");
    page.click("button", "Add the rule");
    page.awaitText("Valid. ");
    ask("/v2/here/longer/team/app/manifests/latest");
    ask("/v2/here/team/app/manifests/latest");

    page.goTo("/rules/" + KeyedNode.PREFIX);
    page.find("link", "here/team/app");
    assertThat(page.has("link", "here/longer/team/app")).isFalse();
  }

  @Test
  void anImageThatArrivesIsNoLongerCalledAbsent() throws Exception {
    Content child = site.upstream().publish("team/app", GeneratedBlob.of(1, 1_000));
    String index = site.upstream().publishIndexOf("team/app", child).digest();
    ask("/v2/here/team/app/manifests/latest");
    page.goTo("/repositories/here/team/app");
    page.click("button", "Children of " + shortened(index));
    page.awaitText("not cached");
    assertThat(page.has("button", "Delete " + shortened(child.digest()))).isFalse();

    ask("/v2/here/team/app/manifests/" + child.digest());
    page.click("button", "Check latest now");

    page.find("button", "Delete " + shortened(child.digest()));
    assertThat(page.text()).doesNotContain("not cached");
  }

  private void ask(String path) throws Exception {
    assertThat(site.node().get(path).statusCode()).isEqualTo(200);
  }

  private static String shortened(String digest) {
    return digest.substring("sha256:".length(), "sha256:".length() + 12);
  }
}
