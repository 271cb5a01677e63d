package dev.sluice.deploy.accept;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Debian's docker-registry as an upstream, which can go away and come back on the same port. */
final class DockerRegistry implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(20);

  private final Path folder;
  private final int port;
  private LoggedProcess process;

  private DockerRegistry(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts an empty registry whose images are kept in {@code folder}. */
  static DockerRegistry start(Path folder) throws Exception {
    Files.createDirectories(folder);
    var registry = new DockerRegistry(folder, FreePort.next());
    Files.writeString(registry.configFile(), registry.yaml());
    registry.resume();
    return registry;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  String endpoint() {
    return "http://" + address();
  }

  /** Ends the process; its images stay. */
  void stop() throws IOException {
    process.stop();
  }

  /** Starts it again with its old images and on its old port. */
  void resume() throws Exception {
    process =
        LoggedProcess.start(
            "registry", folder, List.of("docker-registry", "serve", configFile().toString()));
    Await.until("docker-registry listens", START_DEADLINE, this::listens);
  }

  @Override
  public void close() throws IOException {
    process.close();
  }

  private boolean listens() throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("docker-registry ended:\n" + process.output());
    }
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Path configFile() {
    return folder.resolve("registry.yml");
  }

  private String yaml() {
    return """
    version: 0.1
    log: { level: info }
    storage: { filesystem: { rootdirectory: %s } }
    http: { addr: "%s" }
    """
        .formatted(folder.resolve("images"), address());
  }
}
