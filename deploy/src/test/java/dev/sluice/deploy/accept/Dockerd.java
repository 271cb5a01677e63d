package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Docker daemon with an empty store, its own containerd, and no touch on the network. */
final class Dockerd implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(60);

  private final Path folder;
  private final Tool docker;
  private Containerd containerd;
  private LoggedProcess dockerd;

  private Dockerd(Path folder) {
    this.folder = folder;
    docker =
        new Tool(
            List.of("docker", "--host", "unix://" + socket()),
            Map.of("DOCKER_CONFIG", folder.resolve("client").toString()),
            folder.resolve("log"));
  }

  /** Starts both daemons with everything they keep in {@code folder}, a short path. */
  static Dockerd start(Path folder) throws Exception {
    return start(folder, "{}");
  }

  /**
   * The same.
   *
   * @param json the content of its {@code daemon.json}
   */
  static Dockerd start(Path folder, String json) throws Exception {
    Files.createDirectories(folder);
    var daemon = new Dockerd(folder);
    try {
      daemon.containerd = Containerd.start(folder);
      daemon.startDockerd(json);
      return daemon;
    } catch (Throwable e) {
      daemon.close();
      throw e;
    }
  }

  /** Pulls the image, which transfers all of it unless this daemon pulled it before. */
  void pull(String name) throws IOException {
    docker.succeed("pull", name);
  }

  /** Runs the pulled image without a network and returns what it printed. */
  String run(String name) throws IOException {
    return docker.succeed("run", "--rm", "--network", "none", name).stdout().strip();
  }

  @Override
  public void close() throws IOException {
    try {
      if (dockerd != null) {
        dockerd.close();
      }
    } finally {
      if (containerd != null) {
        containerd.close();
      }
      Mounts.detachUnder(folder);
    }
  }

  private void startDockerd(String json) throws Exception {
    // A file of our own: without it the machine's /etc/docker/daemon.json would be read.
    Path config = Files.writeString(folder.resolve("daemon.json"), json);
    List<String> command =
        List.of(
            "dockerd",
            "--config-file=" + config,
            "--containerd=" + containerd.socket(),
            "--data-root=" + folder.resolve("data"),
            "--exec-root=" + folder.resolve("exec"),
            "--pidfile=" + folder.resolve("pid"),
            "--host=unix://" + socket(),
            "--bridge=none",
            "--iptables=false",
            "--ip6tables=false",
            "--ip-masq=false");
    dockerd = LoggedProcess.start("dockerd", folder.resolve("log"), command);
    Await.until("dockerd answers", START_DEADLINE, () -> alive(dockerd) && answers());
  }

  private boolean answers() throws IOException {
    return docker.run("version").exit() == 0;
  }

  private static boolean alive(LoggedProcess process) throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("a daemon ended at its start:\n" + process.output());
    }
    return true;
  }

  private Path socket() {
    return folder.resolve("d.sock");
  }
}
