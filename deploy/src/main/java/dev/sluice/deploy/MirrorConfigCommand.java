package dev.sluice.deploy;

import dev.sluice.deploy.mirror.Client;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The words after {@code mirror-config}, understood or not. */
sealed interface MirrorConfigCommand {

  /**
   * They can be done.
   *
   * @param config the file; empty for the defaults
   */
  record Order(Client client, Optional<Path> config) implements MirrorConfigCommand {}

  /** They cannot be understood. */
  record Wrong(String why) implements MirrorConfigCommand {}

  static MirrorConfigCommand parse(List<String> words) {
    Optional<Client> client = words.stream().findFirst().flatMap(Client::named);
    if (client.isEmpty()) {
      return new Wrong("say for which client: containerd, docker, podman, buildkit");
    }
    List<String> rest = words.subList(1, words.size());
    if (rest.isEmpty()) {
      return new Order(client.get(), Optional.empty());
    }
    boolean isFile = rest.size() == 2 && rest.getFirst().equals("--config");
    return isFile && !rest.getLast().isEmpty()
        ? new Order(client.get(), Optional.of(Path.of(rest.getLast())))
        : new Wrong("a client takes nothing more than --config FILE");
  }
}
