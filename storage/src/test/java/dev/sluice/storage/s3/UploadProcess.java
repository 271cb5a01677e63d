package dev.sluice.storage.s3;

import dev.sluice.storage.BlobWriter;
import dev.sluice.storage.Digest;
import dev.sluice.storage.GeneratedBlob;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A process of its own that stores one generated blob: it says how far it is, a line for each MiB,
 * and what came of it in the last one.
 */
final class UploadProcess {

  private UploadProcess() {}

  /** Begins one; whoever calls ends it. */
  static Process start(S3Settings settings, GeneratedBlob blob, List<String> jvm)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(UploadProcess.class.getName());
    command.add(settings.endpoint().orElseThrow().toString());
    command.addAll(List.of(settings.bucket(), settings.prefix()));
    command.add(Long.toString(blob.size()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Endpoint, bucket, prefix, and how many bytes. */
  public static void main(String[] arguments) throws IOException {
    S3Settings settings =
        new S3Settings(
            arguments[1],
            arguments[2],
            Optional.of(URI.create(arguments[0])),
            "us-east-1",
            true,
            Optional.of(S3Server.OWNER));
    GeneratedBlob blob = new GeneratedBlob(Long.parseLong(arguments[3]));
    Digest digest = blob.digest();
    long begin = System.nanoTime();
    try (S3BlobStore store = new S3BlobStore(settings)) {
      BlobWriter writer = store.create(digest, OptionalLong.of(blob.size()));
      while (writer.written() < blob.size()) {
        writer.write(new ByteBuffer[] {blob.blockAt(writer.written())});
        if (writer.written() % (1 << 20) == 0) {
          System.out.println(writer.written() >> 20);
        }
      }
      System.out.println(
          writer.commit() + " in " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }
    System.out.println(memory());
  }

  private static String memory() throws IOException {
    long heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum();
    String resident =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .findFirst()
            .orElse("");
    return "peak heap " + (heap >> 20) + " MiB, " + resident.replaceAll("\\s+", " ");
  }
}
