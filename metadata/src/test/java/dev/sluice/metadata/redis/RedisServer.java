package dev.sluice.metadata.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Redis on a free port of 127.0.0.1, with a folder of its own. It keeps nothing when it
 * ends, unless it is told otherwise.
 */
public final class RedisServer implements AutoCloseable {

  private static final long MOST_SECONDS = 20;

  private final Path folder;
  private final int port;
  private final List<String> command;
  private final List<String> access;
  private Process process;

  private RedisServer(Path folder, int port, List<String> options, List<String> access)
      throws IOException {
    this.folder = folder;
    this.port = port;
    this.access = access;
    this.command = new ArrayList<>(options);
    this.process = begin();
  }

  /** Starts a server with further options, such as {@code --maxmemory 1mb}. */
  public static RedisServer start(String... options) throws IOException {
    Path folder = Files.createTempDirectory("redis");
    int port = freePort();
    List<String> command = command(folder, port, "--port");
    command.addAll(List.of(options));
    return new RedisServer(folder, port, command, List.of());
  }

  /** The same with an ACL file of this text. */
  static RedisServer startWithUsers(String users, String... options) throws IOException {
    Path folder = Files.createTempDirectory("redis");
    Path file = Files.writeString(folder.resolve("users.acl"), users);
    int port = freePort();
    List<String> command = command(folder, port, "--port");
    command.addAll(List.of("--aclfile", file.toString()));
    command.addAll(List.of(options));
    return new RedisServer(folder, port, command, List.of());
  }

  /** Starts a server that is reached over TLS only. */
  static RedisServer startTls(TestCertificates certificates) throws IOException {
    Path folder = Files.createTempDirectory("redis");
    int port = freePort();
    List<String> command = command(folder, port, "--tls-port");
    command.addAll(List.of("--port", "0", "--tls-auth-clients", "no"));
    command.addAll(List.of("--tls-cert-file", certificates.certificate().toString()));
    command.addAll(List.of("--tls-key-file", certificates.key().toString()));
    command.addAll(List.of("--tls-ca-cert-file", certificates.authority().toString()));
    List<String> access = List.of("--tls", "--cacert", certificates.authority().toString());
    return new RedisServer(folder, port, command, access);
  }

  /** Starts a sentinel with this configuration. */
  static RedisServer startSentinel(List<String> configuration) throws IOException {
    Path folder = Files.createTempDirectory("redis");
    int port = freePort();
    Path file = folder.resolve("sentinel.conf");
    Files.write(file, configuration);
    List<String> command =
        List.of("redis-server", file.toString(), "--sentinel", "--port", Integer.toString(port));
    return new RedisServer(folder, port, command, List.of());
  }

  private static List<String> command(Path folder, int port, String portOption) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("redis-server", portOption, Integer.toString(port)));
    command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--dir", folder.toString()));
    return command;
  }

  /** A port of 127.0.0.1 that nobody listens on. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process begin() throws IOException {
    Process begun =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    long begin = System.nanoTime();
    while (!"PONG".equals(ask(List.of("ping")))) {
      if (!begun.isAlive() || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
        begun.destroyForcibly();
        throw new IOException("Redis does not start: " + Files.readString(folder.resolve("log")));
      }
    }
    return begun;
  }

  public int port() {
    return port;
  }

  public URI url() {
    return URI.create((access.isEmpty() ? "redis" : "rediss") + "://127.0.0.1:" + port);
  }

  /** What Redis answers to a command of the default user, as redis-cli prints it. */
  public String cli(String... arguments) throws IOException {
    return ask(List.of(arguments));
  }

  /** Asks a command until the answer has this in it. */
  void await(String expected, String... arguments) throws IOException {
    long begin = System.nanoTime();
    String said = cli(arguments);
    while (!said.contains(expected)) {
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
        throw new IOException(said);
      }
      said = cli(arguments);
    }
  }

  private String ask(List<String> arguments) throws IOException {
    List<String> cli = new ArrayList<>(List.of("redis-cli", "-p", Integer.toString(port)));
    cli.addAll(access);
    cli.addAll(arguments);
    return run(cli);
  }

  /** What a program prints. */
  static String run(List<String> command) throws IOException {
    Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
    program.getOutputStream().close();
    return new String(program.getInputStream().readAllBytes(), UTF_8).strip();
  }

  /** Ends the server at once, as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again on the same port. */
  public void restart() throws IOException {
    kill();
    process = begin();
  }

  /** Stops the server's process where it is, as {@code kill -STOP} does, or lets it go on. */
  public void pause(boolean paused) throws IOException {
    run(List.of("kill", paused ? "-STOP" : "-CONT", Long.toString(process.pid())));
  }

  @Override
  public void close() throws IOException {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
