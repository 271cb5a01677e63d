package dev.sluice.metadata.record;

import static dev.sluice.metadata.Samples.fullStored;
import static dev.sluice.metadata.Samples.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Rule;
import dev.sluice.metadata.Samples;
import dev.sluice.metadata.StoredRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The text of a rule with all its policies. */
class RuleRecordTest {

  private final List<String> undecodable = new ArrayList<>();

  @Test
  void theTextOfARuleHasEveryPolicy() {
    assertThat(RecordForm.RULE.write(fullStored("example")))
        .isEqualTo(
            "{\"v\":1,\"prefix\":\"example\",\"upstream\":\"registry.example.com:8443\","
                + "\"upstreamPrefix\":\"team/mirror\",\"endpoint\":\"http://127.0.0.1:5555\","
                + "\"credential\":\"ecr-pullthroughcache/example\","
                + "\"furtherCredentials\":[\"second\",\"third\"],"
                + "\"tokenRealms\":[\"auth.example.net\",\"login.example.org:8443\"],\"policies\":{"
                + "\"checkInterval\":\"PT30S\",\"checkIntervals\":["
                + "{\"tags\":\"z-*\",\"interval\":\"PT720H\"},{\"tags\":\"*\",\"interval\":\"PT10M\"}],"
                + "\"checkBudget\":\"PT1.5S\",\"onDeleted\":\"refuse\","
                + "\"platforms\":[\"linux/arm/v7\",\"linux/amd64\"],"
                + "\"repositories\":{\"allow\":[\"team/*\",\"library/*\"],\"deny\":[\"*/secret\"]},"
                + "\"tags\":{\"deny\":[\"*-rc*\"]},\"requestsPerSecond\":7,\"reservePercent\":35,\"redirect\":true},"
                + "\"createdAt\":\"2026-11-23T12:00:00.123456789Z\","
                + "\"updatedAt\":\"2026-11-23T12:00:05.123456789Z\",\"credentialArn\":"
                + "\"arn:aws:secretsmanager:us-east-1:123456789012:secret:ecr-pullthroughcache/hub\","
                + "\"customRoleArn\":\"arn:aws:iam::123456789012:role/pull\","
                + "\"upstreamRegistry\":\"docker-hub\"}");
  }

  /** Written before rules had several credentials, filters and limits. */
  @Test
  void aRuleOfAnEarlierVersionIsRead() {
    String text =
        "{\"v\":1,\"prefix\":\"x\",\"upstream\":\"y\",\"credential\":\"hub\",\"policies\":{"
            + "\"checkInterval\":\"PT24H\",\"checkBudget\":\"PT2S\",\"onDeleted\":\"serve\","
            + "\"platforms\":\"all\"}}";

    Optional<StoredRule> read = RecordForm.RULE.read(text, undecodable::add);

    assertThat(read.map(StoredRule::rule).map(Rule::credentials)).contains(List.of("hub"));
    assertThat(read.map(StoredRule::rule).map(Rule::tokenRealms)).contains(List.of());
    assertThat(read.map(StoredRule::rule).map(Rule::policies)).contains(Samples.DEFAULTS);
    assertThat(RecordForm.RULE.read(text.replace("\"credential\":\"hub\",", ""), undecodable::add))
        .map(StoredRule::rule)
        .contains(rule("x", "y"));
    assertThat(undecodable).isEmpty();
  }

  @Test
  void aBadPolicyIsAMiss() {
    String text = RecordForm.RULE.write(fullStored("x"));

    assertMissed(text.replace("PT30S", "30s"));
    assertMissed(text.replace("PT30S", "PT0S"));
    assertMissed(text.replace("PT30S", "PT-30S"));
    assertMissed(text.replace("\"refuse\"", "\"ask\""));
    assertMissed(text.replace("linux/amd64", "linux"));
    assertMissed(text.replaceAll("\"platforms\":\\[[^]]*]", "\"platforms\":\"some\""));
    assertMissed(text.replace("*-rc*", "not a pattern"));
    assertMissed(text.replace("z-*", ""));
    assertMissed(text.replace("PT720H", "PT0S"));
    assertMissed(text.replace("\"requestsPerSecond\":7", "\"requestsPerSecond\":0"));
    assertMissed(text.replace("\"reservePercent\":35", "\"reservePercent\":101"));
    assertMissed(text.replace("\"reservePercent\":35", "\"reservePercent\":4294967296"));
  }

  private void assertMissed(String text) {
    undecodable.clear();
    assertThat(RecordForm.RULE.read(text, undecodable::add)).as(text).isEmpty();
    assertThat(undecodable).as(text).containsExactly("rule");
  }
}
