package dev.sluice.deploy.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.Rule;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients are told; that they understand it is shown with the clients themselves. */
final class ClientTest {

  private static final Policies POLICIES =
      new Policies(
          new CheckIntervals(Duration.ofHours(24)),
          Duration.ofSeconds(2),
          Policies.OnDeleted.SERVE,
          new Platforms.All());

  private static final Rule HUB = rule("docker-hub", "registry-1.docker.io", "");
  private static final Rule QUAY = rule("quay", "quay.io", "");
  private static final Rule TEAM = rule("team", "reg.example:5000", "team/x");
  private static final Cache CACHE =
      cache("https://cache.example.com", List.of(HUB, rule("quay-2", "quay.io", ""), QUAY, TEAM));

  @Test
  void containerdHasAFileForEachRegistry() {
    assertThat(Client.CONTAINERD.configuration(CACHE))
        .contains(
            """
            # /etc/containerd/certs.d/docker.io/hosts.toml
            server = "https://registry-1.docker.io"

            [host."https://cache.example.com"]
              capabilities = ["pull", "resolve"]
            """)
        .contains("# /etc/containerd/certs.d/quay.io/hosts.toml\nserver = \"https://quay.io\"\n")
        .contains("# /etc/containerd/certs.d/reg.example:5000/hosts.toml\n")
        .containsOnlyOnce("/quay.io/");
  }

  @Test
  void podmanHasAMirrorForEachRegistryOrPartOfOne() {
    assertThat(Client.PODMAN.configuration(CACHE))
        .startsWith("# /etc/containers/registries.conf.d/50-sluice.conf\n")
        .contains(
            """
            [[registry]]
            prefix = "docker.io"
            location = "docker.io"

            [[registry.mirror]]
            location = "cache.example.com/docker-hub"
            """)
        .contains("prefix = \"reg.example:5000/team/x\"\n")
        .contains("location = \"cache.example.com/team\"\n")
        .contains("location = \"cache.example.com/quay\"\n")
        .doesNotContain("quay-2", "insecure");
  }

  @Test
  void buildKitHasAMirrorForEachRegistry() {
    assertThat(Client.BUILDKIT.configuration(CACHE))
        .contains("[registry.\"docker.io\"]\n  mirrors = [\"cache.example.com\"]\n")
        .contains("[registry.\"quay.io\"]\n  mirrors = [\"cache.example.com\"]\n")
        .doesNotContain("http = true");
  }

  @Test
  void dockerHasOneMirrorWhichNeedsNoPathWhereItCanBeHelped() {
    Cache root = cache("https://cache.example.com", List.of(rule("ROOT", "docker.io", "")));
    Cache virtual =
        new Cache(
            URI.create("https://cache.example.com:8443"),
            List.of(HUB),
            Map.of("hub.example.com", "docker-hub"),
            false);

    assertThat(Client.DOCKER.configuration(root))
        .endsWith("{\n  \"registry-mirrors\" : [ \"https://cache.example.com\" ]\n}\n");
    assertThat(
            Client.DOCKER.configuration(
                cache("https://cache.example.com", List.of(HUB, rule("ROOT", "docker.io", "")))))
        .contains("[ \"https://cache.example.com\" ]");
    assertThat(Client.DOCKER.configuration(virtual))
        .contains("[ \"https://hub.example.com:8443\" ]")
        .doesNotContain("a path");
    assertThat(Client.DOCKER.configuration(CACHE))
        .contains("[ \"https://cache.example.com/docker-hub\" ]", "# A mirror with a path needs");
    assertThat(Client.DOCKER.configuration(cache("https://c.example", List.of(QUAY, TEAM))))
        .contains("# No rule is for Docker Hub")
        .doesNotContain("registry-mirrors");
  }

  @Test
  void plainHttpIsSaidWhereAClientWouldNotTakeIt() {
    Cache plain = cache("http://cache.example.com:5000", List.of(HUB));

    assertThat(Client.PODMAN.configuration(plain)).contains("insecure = true");
    assertThat(Client.BUILDKIT.configuration(plain))
        .contains("[registry.\"cache.example.com:5000\"]\n  http = true\n");
    assertThat(Client.DOCKER.configuration(plain))
        .contains("\"insecure-registries\" : [ \"cache.example.com:5000\" ]");
    for (String local : List.of("http://127.0.0.1:5000", "http://localhost", "http://[::1]:5")) {
      assertThat(Client.DOCKER.configuration(cache(local, List.of(HUB))))
          .doesNotContain("insecure-registries");
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void whatNeedsALoginSaysSo(Client client) {
    Cache closed = new Cache(CACHE.url(), CACHE.rules(), Map.of(), true);

    assertThat(client.configuration(CACHE)).doesNotContainIgnoringCase("login");
    assertThat(client.configuration(closed)).containsIgnoringCase("login").endsWith("\n");
  }

  private static Cache cache(String url, List<Rule> rules) {
    return new Cache(URI.create(url), rules, Map.of(), false);
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
