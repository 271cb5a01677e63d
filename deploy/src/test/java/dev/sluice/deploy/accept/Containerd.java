package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A containerd with an empty store, and {@code ctr} that asks it. */
final class Containerd implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(60);

  private final Path folder;
  private final LoggedProcess process;
  private final Tool ctr;

  private Containerd(Path folder, LoggedProcess process) {
    this.folder = folder;
    this.process = process;
    List<String> words = List.of("ctr", "--address", socket(folder).toString(), "images");
    ctr = new Tool(words, Map.of(), folder.resolve("log"));
  }

  /** Starts the daemon with everything it keeps in {@code folder}, a short path. */
  static Containerd start(Path folder) throws Exception {
    Files.createDirectories(folder);
    Path config = Files.writeString(folder.resolve("containerd.toml"), config(folder));
    List<String> command = List.of("containerd", "--config", config.toString());
    var daemon =
        new Containerd(folder, LoggedProcess.start("containerd", folder.resolve("log"), command));
    try {
      Await.until("containerd's socket", START_DEADLINE, daemon::listens);
      return daemon;
    } catch (Throwable e) {
      daemon.close();
      throw e;
    }
  }

  Path socket() {
    return socket(folder);
  }

  /**
   * Pulls the image and drops it, so that every pull transfers all of it.
   *
   * @param hosts a folder of a {@code hosts.toml} for each registry
   */
  void pull(Path hosts, String name) throws IOException {
    ctr.succeed("pull", "--hosts-dir", hosts.toString(), name);
    ctr.succeed("remove", "--sync", name);
  }

  @Override
  public void close() throws IOException {
    process.close();
    Mounts.detachUnder(folder);
  }

  private boolean listens() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("containerd ended at its start:\n" + process.output());
    }
    return Files.exists(socket());
  }

  private static Path socket(Path folder) {
    return folder.resolve("c.sock");
  }

  private static String config(Path folder) {
    return """
    version = 2
    root = "%s"
    state = "%s"
    disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
    [grpc]
    address = "%s"
    [ttrpc]
    address = "%s.ttrpc"
    """
        .formatted(
            folder.resolve("c-root"), folder.resolve("c-state"), socket(folder), socket(folder));
  }
}
