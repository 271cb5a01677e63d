package dev.sluice.deploy.config;

import static dev.sluice.deploy.config.ConfigFixture.onlyMistake;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.cluster.Seat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key {@code cluster}. */
final class ClusterConfigTest {

  private static final String SHARED = "metadata: {type: redis, redis: {url: 'redis://a.example'}}";
  private static final String SECRET = "hunter2-hunter2-";

  @TempDir private Path folder;
  private ConfigFixture fixture;

  @BeforeEach
  void write() {
    fixture = ConfigFixture.in(folder);
    fixture.write("secret", SECRET + "\n");
  }

  @Test
  void aNodeSaysWhereItSitsAndTheRestIsUsual() {
    assertThat(seat("host: 10.0.0.5, secretFile: DIR/secret"))
        .isEqualTo(new Seat("sluice", "10.0.0.5", 5701, 5702, 5001, List.of()));
  }

  @Test
  void everyKeyArrivesWithItsValue() {
    assertThat(
            seat(
                "name: East-1, host: 10.0.0.5, port: 7001, busPort: 7003, peerPort: 7005,"
                    + " members: [10.0.0.6, 'node-2:7001', '[fd00::7]:7001'], secretFile: DIR/secret"))
        .isEqualTo(
            new Seat(
                "East-1",
                "10.0.0.5",
                7001,
                7003,
                7005,
                List.of("10.0.0.6", "node-2:7001", "[fd00::7]:7001")));
  }

  @Test
  void theExampleOfThePageIsAsItSays() throws IOException {
    String page = Files.readString(Path.of("../docs/cluster.md"));
    int begin = page.indexOf("```yaml") + "```yaml".length();
    String example = page.substring(begin, page.indexOf("```", begin));

    Config config =
        fixture.valid(example.replaceAll("/run/secrets/\\w+", folder.resolve("secret").toString()));

    assertThat(config.cluster().orElseThrow().seat())
        .isEqualTo(
            new Seat(
                "sluice",
                "10.0.0.5",
                5701,
                5702,
                5001,
                List.of("10.0.0.5", "10.0.0.6", "10.0.0.7")));
    assertThat(config.metadata().redis().orElseThrow().login()).isPresent();
  }

  @Test
  void theBusIsBesideMembershipUnlessItIsSaidWhere() {
    assertThat(seat("host: 10.0.0.5, port: 7001, secretFile: DIR/secret").busPort())
        .isEqualTo(7002);
  }

  @Test
  void theOthersAreToldAnAddress() {
    assertThat(seat("host: localhost, secretFile: DIR/secret").address()).isEqualTo("127.0.0.1");
    assertThat(seat("host: '[::1]', secretFile: DIR/secret").address())
        .isEqualTo("0:0:0:0:0:0:0:1");
  }

  @Test
  void aSecretOfTheSameTextIsTheSameWhateverTheLineEnd() {
    fixture.write("windows", SECRET + "\r\n");

    assertThat(cluster("host: 10.0.0.5, secretFile: DIR/windows").secret().derive("this"))
        .isEqualTo(cluster("host: 10.0.0.5, secretFile: DIR/secret").secret().derive("this"));
    assertThat(cluster("host: 10.0.0.5, secretFile: DIR/secret").toString())
        .doesNotContain("hunter2");
  }

  @Test
  void anotherAddressOfTheMachineMayHaveTheSamePort() {
    assertThat(seat("listen: 127.0.0.1:5001", "host: 10.0.0.5, secretFile: DIR/secret").blobPort())
        .isEqualTo(5001);
    assertThat(seat("listen: 10.0.0.5:0", "host: 10.0.0.5, secretFile: DIR/secret").blobPort())
        .isEqualTo(5001);
  }

  @ParameterizedTest
  @CsvSource({"[::1]:5001, '[::1]'", "localhost:5001, 127.0.0.1", "[::]:5001, 10.0.0.5"})
  void oneAddressInTwoSpellingsIsOne(String listen, String host) {
    String yaml =
        "listen: '%s'\n%s\ncluster: {host: '%s', secretFile: DIR/secret}"
            .formatted(listen, SHARED, host);

    assertThat(onlyMistake(fixture.load(filled(yaml))))
        .contains("cluster.peerPort: 5001 is taken by listen, " + listen);
  }

  @Test
  void theEnvironmentMayGiveTheNodesOwnPlaceAndAllElse() {
    Map<String, String> variables =
        Map.of(
            "SLUICE_CLUSTER_HOST", "10.0.0.7",
            "SLUICE_CLUSTER_PORT", "7001",
            "SLUICE_CLUSTER_PEERPORT", "7005",
            "SLUICE_CLUSTER_MEMBERS", "[10.0.0.5, 10.0.0.6]",
            "SLUICE_CLUSTER_MEMBERS_2", "10.0.0.7:7001",
            "SLUICE_CLUSTER_SECRETFILE", folder.resolve("secret").toString());

    assertThat(fixture.with(variables).valid(SHARED).cluster().orElseThrow().seat())
        .isEqualTo(
            new Seat(
                "sluice",
                "10.0.0.7",
                7001,
                7002,
                7005,
                List.of("10.0.0.5", "10.0.0.6", "10.0.0.7:7001")));
  }

  private Seat seat(String keys) {
    return cluster(keys).seat();
  }

  private Seat seat(String beside, String keys) {
    String yaml = beside + "\n" + SHARED + "\ncluster: {" + keys + "}";
    return fixture.valid(filled(yaml)).cluster().orElseThrow().seat();
  }

  private ClusterConfig cluster(String keys) {
    String yaml = SHARED + "\ncluster: {" + keys + "}";
    return fixture.valid(filled(yaml)).cluster().orElseThrow();
  }

  private String filled(String text) {
    return text.replace("DIR", folder.toString());
  }
}
