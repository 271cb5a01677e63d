package dev.sluice.deploy.accept;

import static dev.sluice.deploy.accept.KeyedNode.PREFIX;
import static dev.sluice.deploy.accept.KeyedNode.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every page of the console on a phone, in its light and its dark form, and with hostile names. */
class ConsoleLooksTest extends ConsoleVisit {
  @BeforeEach
  void begin() throws Exception {
    pullOnce();
    logInAsAdministrator();
  }

  /** Places, and something that is read there once the place has all that it shows. */
  private static Map<String, String> places() {
    Map<String, String> places = new LinkedHashMap<>();
    places.put("/", "Fetching now");
    places.put("/rules", "here.registry.test");
    places.put("/rules/new", "Add the rule");
    places.put("/rules/" + PREFIX, "Pull through it");
    places.put("/repositories", REPOSITORY);
    places.put("/repositories/" + REPOSITORY, "Delete the repository");
    places.put("/warm-ups", "Begun on this node");
    places.put("/activity", "manifest");
    return places;
  }

  @Test
  void everyPageFitsAPhone() throws Exception {
    page.looksAs(360, 740, "dark");
    visitAll("phone-dark");
    page.looksAs(360, 740, "light");
    visitAll("phone-light");
  }

  @Test
  void everyPageIsThereInTheDark() throws Exception {
    page.looksAs(1280, 860, "dark");
    visitAll("dark");
  }

  @Test
  void hostileNamesAreOnlyRead() throws Exception {
    beHostile();
    Map<String, String> places = places();
    String rule = "/rules/" + PREFIX;
    places.put(rule + HostileAnswers.NAME, places.remove(rule));
    for (var place : places.entrySet()) {
      page.goTo(place.getKey());
      page.awaitText(place.getValue());
    }
    page.goTo("/");
    page.awaitText(REPOSITORY + HostileAnswers.NAME);
    page.awaitText("Last errors");
    page.tab().screenshot("hostile-overview");
    page.goTo("/repositories");
    page.awaitText(REPOSITORY + HostileAnswers.NAME);
    page.tab().screenshot("hostile-repositories");
    page.goTo("/repositories/" + HostileAnswers.NAME);
    page.awaitText(HostileAnswers.NAME);
    page.goTo("/rules/" + HostileAnswers.NAME);
    page.awaitText("There is no such rule");
    page.goTo("/activity");
    page.awaitText(HostileAnswers.NAME);
    page.tab().screenshot("hostile-activity");

    assertThat(
            page.tab()
                .evaluate("document.querySelectorAll('img:not([src^=\"/console/\"])').length"))
        .isEqualTo(0);
  }

  /** From now on the page hears of hostile names only, and of an error among them. */
  private void beHostile() throws Exception {
    site.upstream().stop();
    try (ConsoleClient console = new ConsoleClient(site.node())) {
      assertThat(console.login(EcrAdmin.ID, EcrAdmin.SECRET)).isEqualTo(200);
      String check = "/api/v1/repositories/" + REPOSITORY.replace("/", "%2F") + "/check";
      console.post(check, new JsonObject().put("tag", "latest"));
      HostileAnswers.into(page.tab(), console);
    }
    // A stream that is open already goes on as it is.
    openTheConsole();
  }

  private void visitAll(String looks) throws Exception {
    for (var place : places().entrySet()) {
      page.goTo(place.getKey());
      page.awaitText(place.getValue());
      Object tooWide = page.tab().evaluate("document.documentElement.scrollWidth - innerWidth");
      assertThat(((Number) tooWide).intValue()).as(place.getKey()).isNotPositive();
      String name = place.getKey().equals("/") ? "overview" : place.getKey().substring(1);
      page.tab().screenshot(looks + '-' + name.replace('/', '-'));
    }
  }
}
