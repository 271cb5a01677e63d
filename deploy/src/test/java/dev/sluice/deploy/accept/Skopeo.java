package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The skopeo command on registries that speak plain HTTP, without any credential of the user. */
final class Skopeo {
  private final Tool tool;
  private final Path copies;

  Skopeo(Path folder) throws IOException {
    this(folder, Map.of());
  }

  /** One that reads its registries from a file. */
  static Skopeo with(Path folder, Path registries) throws IOException {
    return new Skopeo(folder, Map.of("CONTAINERS_REGISTRIES_CONF", registries.toString()));
  }

  private Skopeo(Path folder, Map<String, String> registries) throws IOException {
    Files.createDirectories(folder);
    copies = folder.resolve("copies");
    Files.createDirectories(copies);
    Path credentials = Files.writeString(folder.resolve("auth.json"), "{}");
    Map<String, String> environment = new HashMap<>(registries);
    environment.put("REGISTRY_AUTH_FILE", credentials.toString());
    tool = new Tool(List.of("skopeo", "--insecure-policy"), environment, folder);
  }

  /** Puts every platform of the image into a registry, byte for byte. */
  void push(TestImage image, String name) throws IOException {
    tool.succeed("copy", "--all", "--dest-tls-verify=false", image.source(), "docker://" + name);
  }

  /** Copies every platform of the image into an empty folder, which must succeed. */
  void pullAll(String name) throws IOException {
    Tool.Outcome outcome = copyAll(name);
    assertThat(outcome.exit()).as("skopeo copy %s: %s", name, outcome.stderr()).isZero();
  }

  /** Tries to copy every platform of the image into an empty folder. */
  Tool.Outcome copyAll(String name) throws IOException {
    Path target = Files.createTempDirectory(copies, "image");
    return tool.run("copy", "--all", "--src-tls-verify=false", "docker://" + name, "dir:" + target);
  }

  /** Digest of the manifest or index that the registry answers with. */
  String digestOf(String name) throws IOException {
    return Sha256.of(
        tool.succeed("inspect", "--raw", "--tls-verify=false", "docker://" + name).bytes());
  }
}
