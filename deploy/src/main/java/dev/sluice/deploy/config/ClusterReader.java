package dev.sluice.deploy.config;

import dev.sluice.deploy.cluster.ClusterSecret;
import dev.sluice.deploy.cluster.Seat;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the key {@code cluster}.
 *
 * @param taken what the node listens on besides, by its key
 */
record ClusterReader(Form<Path> path, Map<String, HostPort> taken) {

  private static final int MEMBERSHIP_PORT = 5701;
  private static final int PEER_PORT = 5001;
  private static final int HIGHEST_PORT = 65_535;

  /** A shorter secret could be guessed by trying, as nothing slows a guess down. */
  private static final int SHORTEST_SECRET = 16;

  /** A port, and where it is said. */
  private record Port(Entry entry, int number) {}

  /** Empty where the configuration has no such key, or a wrong one. */
  Optional<ClusterConfig> read(Entry entry) {
    if (!entry.isPresent()) {
      return Optional.empty();
    }
    Section section = entry.section();
    String name = section.at("name").as(Forms.CLUSTER_NAME).orElse("sluice");
    Entry host = section.at("host");
    Optional<String> address = host.required(Forms.HOST).flatMap(own -> resolved(own, host));
    Port port = port(section.at("port"), MEMBERSHIP_PORT);
    Port busPort = port(section.at("busPort"), port.number + 1);
    Port peerPort = port(section.at("peerPort"), PEER_PORT);
    List<String> members =
        section.at("members").items().stream()
            .flatMap(item -> item.as(Forms.MEMBER).stream())
            .toList();
    Optional<ClusterSecret> secret = secret(section.at("secretFile"));
    section.done();
    check(entry, List.of(port, busPort, peerPort), address);
    if (address.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    Seat seat =
        new Seat(name, address.get(), port.number, busPort.number, peerPort.number, members);
    return Optional.of(new ClusterConfig(seat, secret.get()));
  }

  private static Port port(Entry entry, int usual) {
    return new Port(entry, entry.as(Forms.PORT).orElse(usual));
  }

  /** The others are told an address, not a name that might mean something else to them. */
  private static Optional<String> resolved(String host, Entry entry) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (address.isAnyLocalAddress()) {
        entry.wrong(
            Quoted.of(host) + " is no address that other nodes could reach",
            "this machine's own address in the network of the nodes");
        return Optional.empty();
      }
      return Optional.of(address.getHostAddress());
    } catch (UnknownHostException unknown) {
      entry.wrong(Quoted.of(host) + " is not known here", "a name that resolves, or an address");
      return Optional.empty();
    }
  }

  private Optional<ClusterSecret> secret(Entry entry) {
    Optional<Path> file = entry.required(path);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    if (AccessFiles.text(file.get()).isEmpty()) {
      entry.wrong("names the file " + file.get() + ", which cannot be read", "");
      return Optional.empty();
    }
    Optional<String> secret =
        AccessFiles.secret(file.get()).filter(text -> text.length() >= SHORTEST_SECRET);
    if (secret.isEmpty()) {
      entry.wrong(
          "names the file " + file.get() + ", whose secret is too short",
          "a file with at least "
              + SHORTEST_SECRET
              + " characters, the same on every node, such as from: openssl rand -hex 32");
    }
    return secret.map(ClusterSecret::new);
  }

  private void check(Entry entry, List<Port> ports, Optional<String> address) {
    if (ports.stream().anyMatch(port -> port.entry.isWrong())) {
      return;
    }
    List<Integer> numbers = ports.stream().map(Port::number).toList();
    if (numbers.stream().distinct().count() < numbers.size()) {
      entry.wrong("has one port twice, of port, busPort and peerPort: " + numbers, "three ports");
    }
    for (Port port : ports) {
      if (port.number > HIGHEST_PORT) {
        port.entry.wrong("would be " + port.number + ", one more than port", "a port of its own");
      }
      address.ifPresent(own -> checkFree(port, new HostPort(own, port.number)));
    }
  }

  private void checkFree(Port port, HostPort at) {
    taken.forEach(
        (key, other) -> {
          if (at.clashesWith(other)) {
            port.entry.wrong(port.number + " is taken by " + key + ", " + other, "another port");
          }
        });
  }
}
