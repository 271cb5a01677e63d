package dev.sluice.gateway.ecr.rule;

import static dev.sluice.gateway.ecr.rule.RuleBench.ARN;
import static dev.sluice.gateway.ecr.rule.RuleBench.CREATE;
import static dev.sluice.gateway.ecr.rule.RuleBench.done;
import static dev.sluice.gateway.ecr.rule.RuleBench.wanted;
import static dev.sluice.gateway.live.PlainPolicies.POLICIES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ecr.LiveEcr;
import dev.sluice.gateway.live.Reply;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.StoredRule;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleCreationTest {

  @AutoClose private final RuleBench bench = new RuleBench();

  @Test
  void theSimplestRuleIsAnsweredAsByEcr() throws Exception {
    bench.clock.advance(Duration.ofMillis(123));
    assertThat(bench.call(CREATE, wanted("ecr-public", "public.ecr.aws")).text())
        .contains("\"createdAt\":1772366400.123");
    JsonObject again = bench.create("other", "public.ecr.aws");
    again.remove("createdAt");
    again.remove("updatedAt");
    assertThat(again)
        .isEqualTo(
            wanted("other", "public.ecr.aws")
                .put("registryId", "123456789012")
                .put("upstreamRegistry", "ecr-public")
                .put("upstreamRepositoryPrefix", "ROOT"));
  }

  @Test
  void everythingThatIsGivenIsKept() throws Exception {
    bench.files.put("ecr-pullthroughcache/dh", CredentialFiles.Finding.USABLE);
    JsonObject all =
        wanted("hub/", "https://registry-1.docker.io")
            .put("registryId", "123456789012")
            .put("upstreamRegistry", "docker-hub")
            .put("credentialArn", ARN + "dh-AbCdEf")
            .put("customRoleArn", "arn:aws:iam::123456789012:role/r")
            .put("upstreamRepositoryPrefix", "library");
    JsonObject told = done(bench.call(CREATE, all));
    assertThat(told.getString("ecrRepositoryPrefix")).isEqualTo("hub");
    assertThat(told.getString("upstreamRegistryUrl")).isEqualTo("registry-1.docker.io");
    for (String same : List.of("credentialArn", "customRoleArn", "upstreamRepositoryPrefix")) {
      assertThat(told.getString(same)).isEqualTo(all.getString(same));
    }
    StoredRule kept = bench.rules.stored().getFirst();
    assertThat(kept.rule())
        .isEqualTo(
            new Rule(
                "hub",
                "registry-1.docker.io",
                Optional.of("library"),
                Optional.empty(),
                List.of("ecr-pullthroughcache/dh"),
                List.of(),
                POLICIES));
    assertThat(bench.rules.table().rules()).contains(kept.rule());
    assertThat(bench.judged).containsExactly(kept.rule());
  }

  @Test
  void aRegistryOnThisMachineIsAskedInClear() throws Exception {
    bench.create("local", "http://127.0.0.1:5001");
    Rule rule = bench.rules.stored().getFirst().rule();
    assertThat(rule.upstream()).isEqualTo("127.0.0.1:5001");
    assertThat(rule.endpoint()).contains(URI.create("http://127.0.0.1:5001"));
  }

  @Test
  void aPrefixIsTakenOnce() throws Exception {
    bench.create("docker-hub", "registry-1.docker.io");
    Reply again = bench.call(CREATE, wanted("docker-hub/", "quay.io"));
    assertFailed(again, "PullThroughCacheRuleAlreadyExistsException");
    assertThat(again.json().getString("message"))
        .isEqualTo(
            "A pull through cache rule with prefix 'docker-hub' already exists in the registry"
                + " with id '123456789012'");
    bench.create("docker-hub/library", "quay.io");
    bench.create("ROOT", "quay.io");
    assertFailed(
        bench.call(CREATE, wanted("ROOT", "quay.io")),
        "PullThroughCacheRuleAlreadyExistsException");
  }

  @Test
  void aPrefixOfTheConfigurationFileIsTaken() throws Exception {
    Reply reply = bench.call(CREATE, wanted("fixed", "quay.io"));
    assertFailed(reply, "PullThroughCacheRuleAlreadyExistsException");
    assertThat(reply.json().getString("message")).endsWith("comes from the configuration file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"v2", "v2/", "v2/x", "a//b", "A", "a", "/a", "ab/x_", "ROOT/", "a/", ""})
  void whatCannotBeAPrefixIsRefused(String prefix) throws Exception {
    assertFailed(bench.call(CREATE, wanted(prefix, "quay.io")), "InvalidParameterException");
  }

  @Test
  void whatMustBeThereIs() throws Exception {
    assertFailed(bench.call(CREATE, RuleBench.prefix("ab")), "InvalidParameterException");
    Reply reply = bench.call(CREATE, new JsonObject().put("upstreamRegistryUrl", "quay.io"));
    assertFailed(reply, "InvalidParameterException");
    assertThat(reply.json().getString("message"))
        .isEqualTo(
            "Invalid parameter at 'ecrRepositoryPrefix' failed to satisfy constraint: 'Member must"
                + " not be null'");
  }

  @Test
  void anUpstreamRegistryIsOneOfEcrsWords() throws Exception {
    JsonObject odd = wanted("ab", "quay.io").put("upstreamRegistry", "harbor");
    assertFailed(bench.call(CREATE, odd), "InvalidParameterException");
  }

  @Test
  void whereTheFetcherNeverConnectsThereIsNoRule() throws Exception {
    bench.objections.put("10.0.0.1", "its address is private.");
    Reply reply = bench.call(CREATE, wanted("ab", "10.0.0.1"));
    assertFailed(reply, "UnsupportedUpstreamRegistryException");
    assertThat(reply.json().getString("message")).contains("its address is private.");
    assertThat(bench.rules.stored()).isEmpty();
  }

  @Test
  void aRegistryIsNoUpstreamOfItself() throws Exception {
    String self = LiveEcr.REGISTRY.publicUrl().getAuthority();
    assertFailed(bench.call(CREATE, wanted("ab", self)), "UnsupportedUpstreamRegistryException");
  }

  @ParameterizedTest
  @CsvSource({
    "gone, SecretNotFoundException",
    "broken, UnableToDecryptSecretValueException",
    "broken-AbCdEf, UnableToDecryptSecretValueException",
    "../../etc/passwd, InvalidParameterException",
    "a/./b, InvalidParameterException",
    "a//b, InvalidParameterException",
    "a/..-AbCdEf, InvalidParameterException"
  })
  void aCredentialMustBeThere(String name, String type) throws Exception {
    bench.files.put("ecr-pullthroughcache/broken", CredentialFiles.Finding.UNREADABLE);
    JsonObject body = wanted("ab", "quay.io").put("credentialArn", ARN + name);
    assertFailed(bench.call(CREATE, body), type);
    assertThat(bench.rules.stored()).isEmpty();
  }

  @Test
  void aFileOfTheWholeNameCountsFirst() throws Exception {
    bench.files.put("ecr-pullthroughcache/dh-AbCdEf", CredentialFiles.Finding.USABLE);
    bench.files.put("ecr-pullthroughcache/dh", CredentialFiles.Finding.USABLE);
    bench.call(CREATE, wanted("ab", "quay.io").put("credentialArn", ARN + "dh-AbCdEf"));
    assertThat(bench.rules.stored().getFirst().rule().credentials())
        .containsExactly("ecr-pullthroughcache/dh-AbCdEf");
  }

  @Test
  void onlyAdministratorsMakeRules() throws Exception {
    Reply reply = bench.call(LiveEcr.PULLER, CREATE, wanted("docker-hub", "quay.io"));
    assertFailed(reply, "AccessDeniedException");
    assertThat(bench.judged).isEmpty();
  }

  @Test
  void anotherRegistryIsNotOurs() throws Exception {
    JsonObject body = wanted("ab", "quay.io").put("registryId", "210987654321");
    Reply reply = bench.call(CREATE, body);
    assertFailed(reply, "InvalidParameterException");
    assertThat(reply.json().getString("message")).contains("'registryId'", "123456789012");
  }

  private static void assertFailed(Reply reply, String type) {
    assertThat(reply.json().getString("__type")).isEqualTo(type);
    assertThat(reply.status()).isEqualTo(400);
  }
}
