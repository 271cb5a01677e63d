package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A buildkitd with an empty store, and {@code buildctl} that has it build. */
final class BuildKit implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(60);

  private final Path folder;
  private final LoggedProcess process;
  private final Tool buildctl;

  private BuildKit(Path folder, LoggedProcess process) {
    this.folder = folder;
    this.process = process;
    List<String> words = List.of("buildctl", "--addr", address(folder));
    buildctl = new Tool(words, Map.of("DOCKER_CONFIG", folder.toString()), folder.resolve("log"));
  }

  /** Starts the daemon with everything it keeps in {@code folder}, a short path. */
  static BuildKit start(Path folder, String toml) throws Exception {
    Files.createDirectories(folder);
    Path config = Files.writeString(folder.resolve("buildkitd.toml"), toml);
    List<String> command =
        List.of(
            "buildkitd",
            "--config=" + config,
            "--root=" + folder.resolve("root"),
            "--addr=" + address(folder),
            "--containerd-worker=false",
            "--oci-worker-snapshotter=native",
            "--oci-worker-net=host");
    var daemon =
        new BuildKit(folder, LoggedProcess.start("buildkitd", folder.resolve("log"), command));
    try {
      Await.until("buildkitd answers", START_DEADLINE, daemon::answers);
      return daemon;
    } catch (Throwable e) {
      daemon.close();
      throw e;
    }
  }

  /** Builds an image on another, which transfers all of that. */
  void buildOn(String name) throws IOException {
    Path context = Files.createTempDirectory(folder, "context");
    Files.writeString(context.resolve("Dockerfile"), "FROM " + name + "\nCOPY Dockerfile /\n");
    buildctl.succeed(
        "build",
        "--frontend=dockerfile.v0",
        "--local=context=" + context,
        "--local=dockerfile=" + context,
        "--output=type=oci,dest=" + context.resolve("image.tar"));
  }

  @Override
  public void close() throws IOException {
    process.close();
    Mounts.detachUnder(folder);
  }

  private boolean answers() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("buildkitd ended at its start:\n" + process.output());
    }
    return buildctl.run("debug", "workers").exit() == 0;
  }

  private static String address(Path folder) {
    return "unix://" + folder.resolve("b.sock");
  }
}
