package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where one node of a test's cluster sits, on 127.0.0.1.
 *
 * @param membershipPort what it is called by among the others, too
 */
record ClusterSeat(int membershipPort, int busPort, int peerPort) {

  static ClusterSeat free() throws IOException {
    return new ClusterSeat(FreePort.next(), FreePort.next(), FreePort.next());
  }

  /**
   * The lines of YAML that put a node there.
   *
   * @param redis the value of {@code metadata.redis}
   */
  String yaml(List<ClusterSeat> all, String redis, Path secret) {
    String members =
        all.stream()
            .map(seat -> "\"127.0.0.1:" + seat.membershipPort + '"')
            .collect(Collectors.joining(", "));
    return """
        metadata: { type: redis, redis: %s }
        cluster:
          host: 127.0.0.1
          port: %d
          busPort: %d
          peerPort: %d
          members: [%s]
          secretFile: %s
        """
        .formatted(redis, membershipPort, busPort, peerPort, members, secret);
  }
}
