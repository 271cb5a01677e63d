package dev.sluice.deploy.accept;

import dev.sluice.storage.s3.S3BlobStore;
import dev.sluice.storage.s3.S3Server;
import dev.sluice.storage.s3.S3Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** A bucket on a server within this process. */
final class TestBucket implements AutoCloseable {
  private final Path folder;
  private final S3Server server;
  private final S3Settings settings;
  private final S3BlobStore store;

  private TestBucket(Path folder, S3Server server, S3Settings settings) {
    this.folder = folder;
    this.server = server;
    this.settings = settings;
    this.store = new S3BlobStore(settings);
  }

  static TestBucket start(Path folder) throws Exception {
    S3Server server = S3Server.start(folder.resolve("s3"));
    return new TestBucket(folder, server, server.bucket());
  }

  /** Lines for a node that shares it. */
  String yaml(boolean redirect) throws IOException {
    S3Settings.Credentials owner = settings.credentials().orElseThrow();
    return """

    storage:
      type: s3
      s3:
        bucket: %s
        prefix: %s
        endpoint: %s
        accessKeyFile: %s
        secretKeyFile: %s
        redirect: %s
    """
        .formatted(
            settings.bucket(),
            settings.prefix(),
            settings.endpoint().orElseThrow(),
            Files.writeString(folder.resolve("access-key"), owner.accessKey()),
            Files.writeString(folder.resolve("secret-key"), owner.secretKey()),
            redirect);
  }

  /** Waits until all of these digests rest there. */
  void awaitAll(Collection<String> digests) throws Exception {
    Await.until(
        "all of " + digests + " is in the bucket",
        Duration.ofSeconds(60),
        () ->
            hexes()
                .containsAll(
                    digests.stream()
                        .map(digest -> digest.substring("sha256:".length()))
                        .collect(Collectors.toSet())));
  }

  /** What rests there. */
  Set<String> hexes() throws IOException {
    Set<String> hexes = new HashSet<>();
    store.each(blob -> hexes.add(blob.digest().hex()));
    return hexes;
  }

  @Override
  public void close() throws IOException {
    store.close();
    server.close();
  }
}
