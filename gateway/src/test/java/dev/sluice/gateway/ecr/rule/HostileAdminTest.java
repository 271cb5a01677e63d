package dev.sluice.gateway.ecr.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.BenchOptions;
import dev.sluice.fetcher.upstream.AddressGuard;
import dev.sluice.gateway.ecr.LiveEcr;
import dev.sluice.gateway.ecr.RecordedRequest;
import dev.sluice.gateway.ecr.SignedCall;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import dev.sluice.metadata.RuleTable;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What has been tried on other registries' administration; each line is one attack. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileAdminTest {

  private static final String SECRET_NAME = "ecr-pullthroughcache/quay";
  private static final int HUNDRED_MB = 100 * 1024 * 1024;

  /** Nothing private is opened; no name server is asked. */
  private static final BenchOptions CLOSED =
      BenchOptions.plain()
          .guard(new AddressGuard(address -> false))
          .resolver(HostileAdminTest::resolve);

  @AutoClose private final Bench outside;
  @AutoClose private final RuleBench bench;

  HostileAdminTest(@TempDir Path folder) {
    outside = new Bench(folder, CLOSED);
    bench = new RuleBench(outside.fetcher);
  }

  @BeforeAll
  void oneRuleIsThere() throws Exception {
    bench.create("taken", "registry-1.docker.io");
  }

  private static Future<List<InetAddress>> resolve(String host) {
    return Future.succeededFuture(
        List.of(
            switch (host) {
              case "localhost" -> InetAddress.getLoopbackAddress();
              case "registry-1.docker.io" -> InetAddress.ofLiteral("8.8.8.8");
              default -> InetAddress.ofLiteral(host);
            }));
  }

  static List<JsonObject> attacks() {
    return RecordedRequest.lines("hostile-admin.jsonl");
  }

  @Test
  void everyAttackIsTried() {
    assertThat(attacks()).hasSize(35);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void attacksAreAnsweredAsExpected(JsonObject attack) throws Exception {
    RuleTable before = bench.rules.table();
    Reply reply = send(attack);
    assertThat(attack.getJsonArray("expect_status")).contains(reply.status());
    JsonObject body = reply.json();
    assertThat(attack.getJsonArray("expect_type")).containsAnyOf("*", body.getString("__type"));
    assertThat(bench.rules.table()).isEqualTo(before);
    assertThat(outside.heard()).as("requests that the fetcher sent").isZero();
    assertThat(reply.text()).doesNotContain(SECRET_NAME);
  }

  @Test
  void aServiceOfThisMachineIsNotConnectedTo() throws Exception {
    Reply reply =
        bench.call(RuleBench.CREATE, RuleBench.wanted("hx", outside.registry.hostAndPort()));
    assertThat(reply.json().getString("__type")).isEqualTo("UnsupportedUpstreamRegistryException");
    assertThat(outside.registry.connections()).isZero();
  }

  /** As many bytes of it as are read are sent: a server that answers early ends the rest. */
  private Reply send(JsonObject attack) throws Exception {
    String body = attack.getString("body");
    if (body.equals("{{100MB}}")) {
      SignedCall call = signed(attack, "{}").with("content-length", "" + HUNDRED_MB);
      try (Wire wire = bench.ecr.connect()) {
        return wire.sendRaw("POST", call.head() + "x".repeat(1 << 16)).reply();
      }
    }
    return bench.ecr.send(
        signed(attack, body.replace("{{PREFIX}}", "taken").replace("{{HOST}}", self())));
  }

  private SignedCall signed(JsonObject attack, String body) {
    assertThat(attack.getString("method") + attack.getString("path")).isEqualTo("POST/");
    JsonObject headers = attack.getJsonObject("headers").copy();
    SignedCall call =
        new SignedCall(
            (String) headers.remove("X-Amz-Target"), body.getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, Object> header : headers) {
      call.with(header.getKey().toLowerCase(Locale.ROOT), (String) header.getValue());
    }
    return attack.getBoolean("auth") ? call.by(LiveEcr.ADMIN, bench.ecr.clock().instant()) : call;
  }

  private String self() {
    return InetAddress.getLoopbackAddress().getHostAddress() + ':' + bench.ecr.port();
  }
}
