package dev.sluice.gateway.ecr.rule;

import static dev.sluice.gateway.ecr.rule.RuleBench.ARN;
import static dev.sluice.gateway.ecr.rule.RuleBench.DELETE;
import static dev.sluice.gateway.ecr.rule.RuleBench.DESCRIBE;
import static dev.sluice.gateway.ecr.rule.RuleBench.UPDATE;
import static dev.sluice.gateway.ecr.rule.RuleBench.VALIDATE;
import static dev.sluice.gateway.ecr.rule.RuleBench.done;
import static dev.sluice.gateway.ecr.rule.RuleBench.prefix;
import static dev.sluice.gateway.ecr.rule.RuleBench.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Validation;
import dev.sluice.gateway.live.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleOperationsTest {

  @AutoClose private final RuleBench bench = new RuleBench();

  @Test
  void rulesAreShownInTheOrderOfTheirPrefixes() throws Exception {
    bench.create("zz", "ghcr.io");
    bench.create("ROOT", "mcr.microsoft.com");
    bench.create("aa", "123456789012.dkr.ecr.eu-west-3.amazonaws.com");
    JsonArray rules = rules(new JsonObject());
    assertThat(prefixes(rules)).containsExactly("ROOT", "aa", "fixed", "zz");
    assertThat(rules.getJsonObject(0).containsKey("upstreamRegistry")).isFalse();
    assertThat(rules.getJsonObject(1).getString("upstreamRegistry")).isEqualTo("ecr");
    assertThat(rules.getJsonObject(3).getString("upstreamRegistry"))
        .isEqualTo("github-container-registry");
  }

  @Test
  void aRuleOfTheConfigurationFileIsShownWithoutItsCredential() throws Exception {
    assertThat(rules(new JsonObject()).getJsonObject(0))
        .isEqualTo(
            wanted("fixed", "quay.io")
                .put("registryId", "123456789012")
                .put("upstreamRegistry", "quay")
                .put("upstreamRepositoryPrefix", "team"));
  }

  @Test
  void rulesAreFoundByTheirPrefixes() throws Exception {
    bench.create("aa", "ghcr.io");
    bench.create("zz", "ghcr.io");
    JsonArray some = new JsonArray().add("zz").add("fixed/");
    assertThat(prefixes(rules(new JsonObject().put("ecrRepositoryPrefixes", some))))
        .containsExactly("fixed", "zz");
    JsonObject unknown = new JsonObject().put("ecrRepositoryPrefixes", some.add("nobody"));
    Reply reply = bench.call(DESCRIBE, unknown);
    assertFailed(reply, "PullThroughCacheRuleNotFoundException");
    assertThat(reply.json().getString("message"))
        .isEqualTo(
            "A pull through cache rule with prefix 'nobody' does not exist in the registry with id"
                + " '123456789012'");
  }

  @Test
  void pagesFollowEachOtherToTheEnd() throws Exception {
    for (String prefix : List.of("dd", "aa", "cc")) {
      bench.create(prefix, "ghcr.io");
    }
    List<String> seen = new ArrayList<>();
    JsonObject body = new JsonObject().put("maxResults", 2);
    JsonObject first = done(bench.call(DESCRIBE, body));
    seen.addAll(prefixes(first.getJsonArray("pullThroughCacheRules")));
    body.put("nextToken", first.getString("nextToken"));
    JsonObject last = done(bench.call(DESCRIBE, body));
    seen.addAll(prefixes(last.getJsonArray("pullThroughCacheRules")));
    assertThat(seen).containsExactly("aa", "cc", "dd", "fixed");
    assertThat(last.containsKey("nextToken")).isFalse();
  }

  @Test
  void anUpdateChangesTheCredential() throws Exception {
    bench.files.put("ecr-pullthroughcache/dh", CredentialFiles.Finding.USABLE);
    bench.create("aa", "ghcr.io");
    bench.clock.advance(Duration.ofSeconds(5));
    String arn = ARN + "dh-AbCdEf";
    JsonObject told = done(bench.call(UPDATE, prefix("aa").put("credentialArn", arn)));
    assertThat(told)
        .isEqualTo(
            prefix("aa")
                .put("registryId", "123456789012")
                .put("updatedAt", 1772366405.0)
                .put("credentialArn", arn));
    done(bench.call(UPDATE, prefix("aa").put("customRoleArn", "arn:aws:iam::1:role/r")));
    JsonObject shown = rules(new JsonObject()).getJsonObject(0);
    assertThat(shown.getString("credentialArn")).isEqualTo(arn);
    assertThat(shown.getString("customRoleArn")).isEqualTo("arn:aws:iam::1:role/r");
    assertThat(shown.getDouble("createdAt")).isEqualTo(1772366400.0);
    assertThat(bench.rules.stored().getFirst().rule().credentials())
        .containsExactly("ecr-pullthroughcache/dh");
  }

  @Test
  void anUpdateToACredentialThatIsNotThereChangesNothing() throws Exception {
    bench.create("aa", "ghcr.io");
    Reply reply = bench.call(UPDATE, prefix("aa").put("credentialArn", ARN + "gone"));
    assertFailed(reply, "SecretNotFoundException");
    assertThat(bench.rules.stored().getFirst().credentialArn()).isEmpty();
  }

  @Test
  void aDeletedRuleIsGone() throws Exception {
    JsonObject made = bench.create("aa", "ghcr.io");
    JsonObject told = done(bench.call(DELETE, prefix("aa/")));
    for (String member : told.fieldNames()) {
      assertThat(told.getValue(member)).isEqualTo(made.getValue(member));
    }
    assertThat(told.fieldNames())
        .containsExactlyInAnyOrder(
            "ecrRepositoryPrefix", "upstreamRegistryUrl", "createdAt", "registryId");
    assertThat(bench.rules.table().rules()).containsExactly(RuleBench.FIXED);
    assertFailed(bench.call(DELETE, prefix("aa")), "PullThroughCacheRuleNotFoundException");
    bench.create("aa", "quay.io");
  }

  @Test
  void aRuleIsValidatedByAskingItsRegistry() throws Exception {
    bench.create("aa", "ghcr.io");
    bench.validations.put("aa", new Validation.Invalid("it does not answer."));
    bench.validations.put("fixed", new Validation.Valid("all is well."));
    assertThat(done(bench.call(VALIDATE, prefix("aa"))))
        .isEqualTo(
            wanted("aa", "ghcr.io")
                .put("registryId", "123456789012")
                .put("isValid", false)
                .put("failure", "it does not answer."));
    JsonObject valid = done(bench.call(VALIDATE, prefix("fixed")));
    assertThat(valid.getBoolean("isValid")).isTrue();
    assertThat(valid.containsKey("failure")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {UPDATE, DELETE, VALIDATE})
  void anUnknownRuleIsNotFound(String operation) throws Exception {
    assertFailed(bench.call(operation, prefix("nobody")), "PullThroughCacheRuleNotFoundException");
    assertFailed(bench.call(operation, new JsonObject()), "InvalidParameterException");
  }

  @ParameterizedTest
  @ValueSource(strings = {UPDATE, DELETE})
  void aRuleOfTheConfigurationFileIsNotChanged(String operation) throws Exception {
    Reply reply = bench.call(operation, prefix("fixed"));
    assertFailed(reply, "InvalidParameterException");
    assertThat(reply.json().getString("message"))
        .isEqualTo(
            "The pull through cache rule with prefix 'fixed' comes from the configuration file and"
                + " can be changed only there");
    assertThat(bench.rules.table().rules()).containsExactly(RuleBench.FIXED);
  }

  private JsonArray rules(JsonObject body) throws Exception {
    return done(bench.call(DESCRIBE, body)).getJsonArray("pullThroughCacheRules");
  }

  private static List<String> prefixes(JsonArray rules) {
    return rules.stream()
        .map(rule -> ((JsonObject) rule).getString("ecrRepositoryPrefix"))
        .toList();
  }

  private static void assertFailed(Reply reply, String type) {
    assertThat(reply.json().getString("__type")).isEqualTo(type);
    assertThat(reply.status()).isEqualTo(400);
  }
}
