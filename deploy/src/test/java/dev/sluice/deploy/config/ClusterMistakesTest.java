package dev.sluice.deploy.config;

import static dev.sluice.deploy.config.ConfigFixture.onlyMistake;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be wrong under the key {@code cluster}. */
final class ClusterMistakesTest {

  private static final String SHARED = "metadata: {type: redis, redis: {url: 'redis://a.example'}}";

  @TempDir private Path folder;
  private ConfigFixture fixture;

  @BeforeEach
  void write() {
    fixture = ConfigFixture.in(folder);
    fixture.write("secret", "hunter2-hunter2-\n");
    fixture.write("short", "hunter2-hunter2\n");
    fixture.write("empty", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "secretFile: DIR/secret                    | cluster.host: is missing; allowed: a name or an address",
        "host: 'a b', secretFile: DIR/secret       | cluster.host: \"a b\" is not a host",
        "host: '10.0.0.5:5701', secretFile: DIR/secret | cluster.host: \"10.0.0.5:5701\" is not a host",
        "host: a.invalid, secretFile: DIR/secret   | cluster.host: \"a.invalid\" is not known here; allowed: a name that resolves, or an address",
        "host: 0.0.0.0, secretFile: DIR/secret     | cluster.host: \"0.0.0.0\" is no address that other nodes could reach; allowed: this machine's own",
        "host: '[::]', secretFile: DIR/secret      | cluster.host: \"::\" is no address that other nodes could reach",
        "host: 10.0.0.5                            | cluster.secretFile: is missing; allowed: a path",
        "host: 10.0.0.5, secretFile: DIR/gone      | cluster.secretFile: names the file DIR/gone, which cannot be read",
        "host: 10.0.0.5, secretFile: DIR/empty     | cluster.secretFile: names the file DIR/empty, whose secret is too short",
        "host: 10.0.0.5, secretFile: DIR/short     | cluster.secretFile: names the file DIR/short, whose secret is too short; allowed: a file with at least 16 characters",
        "PLACE, name: 'a b'                        | cluster.name: \"a b\" is not a name of a cluster; allowed: 1 to 64 letters",
        "PLACE, port: 0                            | cluster.port: \"0\" is not a port; allowed: 1 to 65535",
        "PLACE, port: 65536                        | cluster.port: \"65536\" is not a port",
        "PLACE, port: 65535                        | cluster.busPort: would be 65536, one more than port; allowed: a port of its own",
        "PLACE, busPort: x                         | cluster.busPort: \"x\" is not a port",
        "PLACE, peerPort: -1                       | cluster.peerPort: \"-1\" is not a port",
        "PLACE, busPort: 5701                      | cluster: has one port twice, of port, busPort and peerPort: [5701, 5701, 5001]; allowed: three ports",
        "PLACE, peerPort: 5702                     | cluster: has one port twice, of port, busPort and peerPort: [5701, 5702, 5702]",
        "PLACE, members: 10.0.0.6                  | cluster.members: is a single value; allowed: a list",
        "PLACE, members: ['10.0.0.6:0']            | cluster.members[0]: \"10.0.0.6:0\" is not a member of the cluster; allowed: host or host:port",
        "PLACE, members: [10.0.0.6, 'http://a']    | cluster.members[1]: \"http://a\" is not a member of the cluster",
        "PLACE, member: [10.0.0.6]                 | cluster.member: is not a known key; did you mean members?",
        "PLACE, secret: x                          | cluster.secret: is not a known key",
        "PLACE, port: 5000, peerPort: 5003         | cluster.port: 5000 is taken by listen, 0.0.0.0:5000; allowed: another port",
        "PLACE, peerPort: 5000                     | cluster.peerPort: 5000 is taken by listen, 0.0.0.0:5000",
        "PLACE, port: 9089                         | cluster.busPort: 9090 is taken by management, 10.0.0.5:9090",
      })
  void aMistakeIsNamedWithItsKeyAndWhatIsAllowed(String keys, String mistake) {
    String yaml =
        "listen: 0.0.0.0:5000\nmanagement: 10.0.0.5:9090\n" + SHARED + "\ncluster: {" + keys + "}";

    assertThat(onlyMistake(fixture.load(filled(yaml))))
        .contains(": " + filled(mistake))
        .doesNotContain("hunter2");
  }

  @Test
  void nodesNeedMetadataThatTheyShare() {
    assertThat(onlyMistake(fixture.load(filled("cluster: {PLACE}"))))
        .contains("cluster: needs metadata that all nodes share; allowed: metadata.type: redis");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: redis}",
        "{type: redis, redis: {url: 'http://a'}}",
        "{type: redis, redis: {urls: []}}",
        "{type: redos, redis: {url: 'redis://a'}}",
        "{redis: {url: 'redis://a'}}",
        "[redis]",
      })
  void whatIsWrongWithTheMetadataIsNotSaidTwice(String metadata) {
    String yaml = "metadata: " + metadata + "\ncluster: {PLACE}";

    assertThat(onlyMistake(fixture.load(filled(yaml)))).contains(": metadata");
  }

  @Test
  void allMistakesAreToldAtOnce() {
    assertThat(fixture.problems("metadata: {type: embedded}\ncluster: {port: 0, peerPort: 0}"))
        .extracting(Problem::key)
        .containsExactly(
            "cluster", "cluster.host", "cluster.peerPort", "cluster.port", "cluster.secretFile");
  }

  @Test
  void aMistakeInTheEnvironmentNamesTheVariable() {
    Map<String, String> variables =
        Map.of(
            "SLUICE_CLUSTER_HOST",
            "0.0.0.0",
            "SLUICE_CLUSTER_SECRETFILE",
            folder.resolve("secret").toString());

    assertThat(onlyMistake(fixture.with(variables).load(SHARED)))
        .startsWith("SLUICE_CLUSTER_HOST: cluster.host: \"0.0.0.0\" is no address");
  }

  private String filled(String text) {
    return text.replace("PLACE", "host: 10.0.0.5, secretFile: DIR/secret")
        .replace("DIR", folder.toString());
  }
}
