package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What {@code mirror-config} prints for a node's configuration, put where clients read it. */
final class MirrorFiles {
  private static final Pattern HOSTS =
      Pattern.compile("(?m)^# /etc/containerd/certs\\.d/(\\S+)/hosts\\.toml\\n");
  private static final String DAEMON = "# /etc/docker/daemon.json";

  private final Path folder;
  private final Path file;
  private final Tool sluice;

  MirrorFiles(Path folder, NodeConfig config) throws IOException {
    this.folder = Files.createDirectories(folder);
    file = Files.writeString(folder.resolve("sluice.yaml"), config.yaml());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> words =
        List.of(java, "-cp", System.getProperty("java.class.path"), "dev.sluice.deploy.Main");
    sluice = new Tool(words, Map.of(), folder.resolve("log"));
  }

  /** As it is printed; for podman and BuildKit that is the file. */
  String of(String client) throws IOException {
    return sluice.succeed("mirror-config", client, "--config", file.toString()).stdout();
  }

  /** The content of {@code daemon.json}. */
  String daemonJson() throws IOException {
    String printed = of("docker");
    int comment = printed.indexOf(DAEMON);
    return printed.substring(printed.indexOf('\n', comment) + 1);
  }

  /** A folder with the {@code hosts.toml} of each registry. */
  Path containerdHosts() throws IOException {
    String printed = of("containerd");
    List<String> registries =
        HOSTS.matcher(printed).results().map(header -> header.group(1)).toList();
    String[] parts = HOSTS.split(printed);
    Path hosts = Files.createTempDirectory(folder, "hosts");
    for (int i = 0; i < registries.size(); i++) {
      writeHosts(hosts, registries.get(i), parts[i + 1]);
    }
    return hosts;
  }

  /** A folder with a {@code hosts.toml} for docker.io by hand. */
  Path containerdHosts(String toml) throws IOException {
    Path hosts = Files.createTempDirectory(folder, "hosts");
    writeHosts(hosts, "docker.io", toml);
    return hosts;
  }

  private static void writeHosts(Path hosts, String registry, String toml) throws IOException {
    Path own = Files.createDirectories(hosts.resolve(registry));
    Files.writeString(own.resolve("hosts.toml"), toml);
  }
}
