package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The skopeo command on registries that speak plain HTTP, without any credential of the user. */
final class Skopeo {
  private final Tool tool;
  private final Path copies;

  Skopeo(Path folder) throws IOException {
    this(folder, List.of("skopeo", "--insecure-policy"));
  }

  /** One that reads its registries from a file. */
  static Skopeo with(Path folder, Path registries) throws IOException {
    String file = registries.toString();
    return new Skopeo(folder, List.of("skopeo", "--insecure-policy", "--registries-conf", file));
  }

  private Skopeo(Path folder, List<String> words) throws IOException {
    Files.createDirectories(folder);
    copies = folder.resolve("copies");
    Files.createDirectories(copies);
    Path credentials = Files.writeString(folder.resolve("auth.json"), "{}");
    tool = new Tool(words, Map.of("REGISTRY_AUTH_FILE", credentials.toString()), folder);
  }

  /** Puts every platform of the image into a registry, byte for byte. */
  void push(TestImage image, String name) throws IOException {
    Tool.Outcome outcome = tryPush(image, name);
    assertThat(outcome.exit()).as("skopeo copy to %s: %s", name, outcome.stderr()).isZero();
  }

  /** Tries to put every platform of the image into a registry. */
  Tool.Outcome tryPush(TestImage image, String name) throws IOException {
    return tool.run("copy", "--all", "--dest-tls-verify=false", image.source(), "docker://" + name);
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
