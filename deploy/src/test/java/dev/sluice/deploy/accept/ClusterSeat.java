package dev.sluice.deploy.accept;

import java.io.IOException;
import java.net.URI;
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

  /** The lines of YAML that put a node there. */
  String yaml(List<ClusterSeat> all, URI redis, Path secret) {
    String members =
        all.stream()
            .map(seat -> "\"127.0.0.1:" + seat.membershipPort + '"')
            .collect(Collectors.joining(", "));
    return """
        metadata: { type: redis, redis: { url: "%s" } }
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
