package dev.sluice.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.TagsAnswer.Page;
import dev.sluice.fetcher.TagsRequest;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.live.Doors;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whichever way a client comes, the same repository is asked. */
class AddressingTest {

  private static final Policies POLICIES =
      new Policies(
          new CheckIntervals(Duration.ofHours(24)),
          Duration.ofSeconds(2),
          Policies.OnDeleted.SERVE,
          new Platforms.All());

  private static final List<Rule> RULES =
      List.of(
          rule("hub", "registry-1.docker.io", ""),
          rule("hub-paid", "docker.io", ""),
          rule("hub-team", "docker.io", "team"),
          rule("hub/taken", "quay.io", "elsewhere"),
          rule("quay", "quay.io", ""),
          rule("chainguard", "cgr.dev", ""),
          rule("own", "registry.example:5000", ""),
          rule("own/below", "other.example", ""),
          rule("team", "part.example", "crew"),
          rule("team-app", "part.example", "crew/app"));

  private List<Rule> inForce = RULES;
  private LiveGateway gateway;

  @BeforeEach
  void listen() {
    var hosts =
        VirtualHosts.of(Map.of("images.example", "quay"), URI.create("https://cache.example:8443"));
    var addressing = new Addressing(() -> new RuleTable(inForce), hosts);
    var access = Doors.anonymous(Anonymous.PULL, name -> !name.value().startsWith("own/secret"));
    gateway = new LiveGateway(access, addressing);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io,              library/alpine,        hub/library/alpine",
    "DOCKER.io,              library/alpine,        hub/library/alpine",
    "registry-1.docker.io,   alpine,                hub/alpine",
    "index.docker.io,        grafana/loki,          hub/grafana/loki",
    "docker.io,              team/app,              hub/team/app",
    "quay.io,                org/app,               quay/org/app",
    "registry.example:5000,  app,                   own/app",
    "registry.example%3A5000, a/b/c,                own/a/b/c",
    "part.example,           crew/one,              team/one",
    "part.example,           crew/app/one,          team-app/one",
  })
  void aRegistrysOwnNameIsBelowItsRule(String namespace, String theirs, String ours)
      throws IOException {
    Reply reply = tags("/v2/" + theirs + "/tags/list?ns=" + namespace, "x");

    assertThat(asked()).isEqualTo(ours);
    assertThat(reply.header("OCI-Namespace")).isEqualTo(namespace.replace("%3A", ":"));
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io,             hub/library/alpine,          hub/library/alpine",
    "docker.io,             hub-paid/library/alpine,     hub-paid/library/alpine",
    "registry.example:5000, own/app,                     own/app",
    "quay.io,               quay/org/app,                quay/org/app",
    "quay.io,               quay/busybox,                quay/quay/busybox",
    "cgr.dev,               chainguard/nginx,            chainguard/chainguard/nginx",
    "cgr.dev,               chainguard/chainguard/nginx, chainguard/chainguard/nginx",
  })
  void aPrefixThatIsThereIsNotDoubledButAnOwnerOfItsNameIsKept(
      String namespace, String path, String ours) throws IOException {
    tags("/v2/" + path + "/tags/list?ns=" + namespace, "x");

    assertThat(asked()).isEqualTo(ours);
  }

  @ParameterizedTest
  @CsvSource({
    "/hub/v2/library/alpine,          hub/library/alpine",
    "/hub-paid/v2/library/alpine,     hub-paid/library/alpine",
    "/own/below/v2/app,               own/below/app",
    "/quay/v2/quay/busybox,           quay/quay/busybox",
    "/hub/v2/v2/v2,                   hub/v2/v2",
  })
  void aPathBelowAPrefixIsItsRules(String path, String ours) throws IOException {
    Reply reply = tags(path + "/tags/list", "x");

    assertThat(asked()).isEqualTo(ours);
    assertThat(reply.header("OCI-Namespace")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "hub.cache.example,       library/alpine, hub/library/alpine",
    "HUB.Cache.example:8443,  library/alpine, hub/library/alpine",
    "hub.cache.example:1,     hub/alpine,     hub/hub/alpine",
    "images.example,          org/app,        quay/org/app",
    "Images.Example:443,      quay/busybox,   quay/quay/busybox",
    "cache.example:8443,      quay/busybox,   quay/busybox",
    "www.cache.example,       quay/org/app,   quay/org/app",
    "x.images.example,        quay/org/app,   quay/org/app",
    "hub.cache.example.evil,  quay/org/app,   quay/org/app",
    "hubXcache.example,       quay/org/app,   quay/org/app",
    ".cache.example,          quay/org/app,   quay/org/app",
  })
  void onlyHostsOfAPrefixStandForIt(String host, String path, String ours) throws IOException {
    tags("/v2/" + path + "/tags/list", host);

    assertThat(asked()).isEqualTo(ours);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/a/b/tags/list?ns=unknown.example",
        "/v2/a/b/tags/list?ns=registry.example",
        "/v2/taken/b/tags/list?ns=docker.io",
        "/v2/below/b/tags/list?ns=registry.example:5000",
        "/v2/other/app/tags/list?ns=part.example",
        "/hub/v2/library/alpine/tags/list?ns=quay.io"
      })
  void aRepositoryThatNoRuleOfItsRegistryHasIsUnknownAndTheRuleIsNamed(String target)
      throws IOException {
    Reply reply = gateway.ask("GET", target);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.errorCode()).isEqualTo("NAME_UNKNOWN");
    String registry = target.substring(target.indexOf("ns=") + 3);
    assertThat(reply.text()).contains("{ prefix: NAME, upstream: " + registry + " }");
    assertThat(gateway.fetch().asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%zz", "", "a%0d%0aX-Injected:%201", "a/b", "%3Cscript%3E"})
  void whatIsNoHostIsRefusedAndNotRepeated(String namespace) throws IOException {
    Reply reply = gateway.ask("GET", "/v2/a/b/tags/list?ns=" + namespace);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.header("OCI-Namespace")).isNull();
    assertThat(reply.text()).doesNotContain("script");
  }

  @Test
  void aBrokenQueryBreaksNothing() throws IOException {
    var blob = gateway.offer(new byte[] {1, 2, 3}, Provenance.HIT);

    String path = "/v2/quay/org/app/blobs/" + blob.digest();
    assertThat(gateway.ask("GET", path + "?x=%zz&ns=quay.io").status()).isEqualTo(200);
    assertThat(gateway.ask("GET", path + "?%").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"last=xns=1", "n=1&columns=2", "x=ns=quay.io"})
  void anotherParameterIsNoNamespace(String query) throws IOException {
    tags("/v2/quay/org/app/tags/list?" + query, "x");

    assertThat(gateway.fetch().asked()).hasSizeLessThanOrEqualTo(1);
    assertThat(gateway.ask("GET", "/v2/?" + query).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/hub/v2/", "/hub/v2", "/own/below/v2/", "/v2/?ns=docker.io", "/v2/?ns=other"})
  void everyWayHasItsPing(String path) throws IOException {
    assertThat(gateway.ask("GET", path).text()).isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/none/v2/", "/ROOT/v2/", "/hub/v2x/", "/hub/", "/hub/v2/hub/v2/", "/h%75b/v2/"})
  void whatIsNoWayIsUnknown(String path) throws IOException {
    assertThat(gateway.ask("GET", path).status()).isEqualTo(404);
  }

  @Test
  void rootTakesNamesAsTheyCome() throws IOException {
    inForce = List.of(rule(Rule.ROOT, "docker.io", ""), rule("quay", "quay.io", ""));

    tags("/v2/library/alpine/tags/list?ns=docker.io", "x");
    assertThat(asked()).isEqualTo("library/alpine");
    assertThat(gateway.ask("GET", "/v2/quay/app/tags/list?ns=docker.io").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/hub/a/b/tags/list?n=1,              x,                 ''",
    "/v2/a/b/tags/list?n=1&ns=docker.io,     x,                 &ns=docker.io",
    "/v2/own/b/tags/list?ns=registry.example%3A5000&n=1, x,     &ns=registry.example%3A5000",
    "/hub/v2/a/b/tags/list?n=1,              x,                 ''",
    "/v2/a/b/tags/list?n=1,                  hub.cache.example, ''",
  })
  void theNextPageIsOnTheWayThatTheClientCame(String target, String host, String more)
      throws IOException {
    gateway.fetch().tags(new Page(List.of("a"), Map.of("n", "1", "last", "a"), Optional.empty()));

    Reply reply = ask(target, host);

    String path = target.substring(0, target.indexOf('?'));
    assertThat(reply.header("Link"))
        .isEqualTo("<" + path + "?last=a&n=1" + more + ">; rel=\"next\"");
    String first = asked();
    tags(reply.header("Link").substring(1).split(">")[0], host);
    assertThat(asked()).isEqualTo(first);
  }

  @Test
  void refusalsCarryTheNamespaceAndTheGateSeesOurName() throws IOException {
    Reply closed = gateway.ask("GET", "/v2/secret/app/tags/list?ns=registry.example:5000");
    assertThat(closed.status()).isEqualTo(401);
    assertThat(closed.header("WWW-Authenticate")).contains("https://cache.example/");

    gateway.fetch().tags(Refused.absent(Refused.Reason.NAME_UNKNOWN, "no such repository"));
    Reply absent = gateway.ask("GET", "/v2/library/none/tags/list?ns=docker.io");
    assertThat(absent.status()).isEqualTo(404);
    assertThat(absent.header("OCI-Namespace")).isEqualTo("docker.io");
  }

  private Reply tags(String target, String host) throws IOException {
    gateway.fetch().tags(new Page(List.of("a"), Map.of(), Optional.empty()));
    return ask(target, host);
  }

  private Reply ask(String target, String host) throws IOException {
    try (Wire wire = gateway.connect()) {
      String head = "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
      return wire.sendRaw("GET", head).reply();
    }
  }

  private String asked() {
    return ((TagsRequest) gateway.fetch().asked().getLast()).repository().value();
  }

  private static Rule rule(String prefix, String upstream, String upstreamPrefix) {
    return new Rule(
        prefix,
        upstream,
        Optional.of(upstreamPrefix).filter(text -> !text.isEmpty()),
        Optional.empty(),
        List.of(),
        List.of(),
        POLICIES);
  }
}
