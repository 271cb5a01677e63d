package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** A process of its own that writes metadata, round after round, and says when each is kept. */
final class WriterProcess implements AutoCloseable {

  static final RepositoryName REPOSITORY = repository("docker-hub/library/alpine");

  private final Process process;
  private final BufferedReader said;
  private int lastRound = -1;

  WriterProcess(Path folder) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                WriterProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    said = process.inputReader(UTF_8);
  }

  /** Writes until it is killed. */
  public static void main(String[] args) throws Exception {
    try (Embedded embedded = new Embedded(Path.of(args[0]))) {
      for (int round = 0; true; round++) {
        write(embedded.metadata(), round);
        System.out.println(round);
      }
    }
  }

  private static void write(EmbeddedMetadata metadata, int round) throws Exception {
    Answers.of(metadata.catalog().keep(Samples.made(REPOSITORY), imageOf(round)));
    Answers.of(metadata.tags().point(REPOSITORY, tag("t" + round), entry("image" + round)));
    String prefix = "rule" + round % 10;
    Answers.of(metadata.rules().remove(prefix));
    Answers.of(metadata.rules().create(stored(prefix, "quay.io:" + (round + 1))));
  }

  static ImageRecord imageOf(int round) {
    return image("image" + round, sized("config" + round, 7), sized("layer" + round, round));
  }

  /** Waits until this round is kept. */
  void awaitRound(int round) throws IOException {
    while (lastRound < round) {
      if (!readRound()) {
        throw new IOException("the writer ended after round " + lastRound);
      }
    }
  }

  /** Ends the process as kill -9 does; the last round that it said it had kept. */
  int kill() throws IOException {
    end();
    boolean more = true;
    while (more) {
      more = readRound();
    }
    return lastRound;
  }

  private boolean readRound() throws IOException {
    String line = said.readLine();
    if (line == null) {
      return false;
    }
    lastRound = Integer.parseInt(line);
    return true;
  }

  @Override
  public void close() throws IOException {
    end();
    said.close();
  }

  /** By its handle, for {@link Process#destroyForcibly} throws away what was not read yet. */
  private void end() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }
}
