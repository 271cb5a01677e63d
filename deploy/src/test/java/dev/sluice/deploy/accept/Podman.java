package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The podman command with a storage of its own, apart from the machine's. */
final class Podman {
  private final Tool tool;
  private final Path policy;

  Podman(Path folder) throws IOException {
    this(folder, Map.of());
  }

  /** One that reads its registries from a file. */
  static Podman with(Path folder, Path registries) throws IOException {
    return new Podman(folder, Map.of("CONTAINERS_REGISTRIES_CONF", registries.toString()));
  }

  private Podman(Path folder, Map<String, String> registries) throws IOException {
    Files.createDirectories(folder);
    policy =
        Files.writeString(
            folder.resolve("policy.json"), "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
    Path credentials = Files.writeString(folder.resolve("auth.json"), "{}");
    Path engine = Files.writeString(folder.resolve("containers.conf"), engineConfig(folder));
    Map<String, String> environment = new HashMap<>(registries);
    environment.put("REGISTRY_AUTH_FILE", credentials.toString());
    environment.put("CONTAINERS_CONF", engine.toString());
    tool = new Tool(words(folder), environment, folder);
  }

  /** Removes every image, so that this pull transfers, and returns the pulled image's identity. */
  String pull(String name) throws IOException {
    tool.succeed("rmi", "--all", "--force");
    return tool.succeed(
            "pull",
            "--quiet",
            "--tls-verify=false",
            "--signature-policy=" + policy,
            "docker://" + name)
        .stdout()
        .strip();
  }

  /** Locks in a file, because those in /dev/shm are one set for all podmans of a user. */
  private static String engineConfig(Path folder) {
    return """
    [engine]
    lock_type = "file"
    [network]
    network_config_dir = "%s"
    """
        .formatted(folder.resolve("networks"));
  }

  private static List<String> words(Path folder) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("podman", "--root", folder.resolve("root").toString()));
    words.addAll(List.of("--runroot", folder.resolve("run").toString()));
    words.addAll(List.of("--tmpdir", folder.resolve("tmp").toString()));
    words.addAll(List.of("--storage-driver", "vfs", "--cgroup-manager", "cgroupfs"));
    words.addAll(List.of("--events-backend", "file"));
    return List.copyOf(words);
  }
}
