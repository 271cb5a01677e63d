package dev.sluice.deploy.accept;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** An OCI image layout folder being written, and the digests put into it. */
final class OciLayout {
  private final Path folder;
  private final Set<String> digests = new LinkedHashSet<>();

  OciLayout(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("blobs/sha256"));
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
  }

  /** Stores the bytes and returns their descriptor, without its closing brace. */
  String put(String mediaType, byte[] content) throws IOException {
    String digest = Sha256.of(content);
    Files.write(folder.resolve("blobs").resolve(digest.replace(':', '/')), content);
    digests.add(digest);
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d"
        .formatted(mediaType, digest, content.length);
  }

  String put(String mediaType, String json) throws IOException {
    return put(mediaType, json.getBytes(StandardCharsets.UTF_8));
  }

  /** Names the descriptor as the layout's only image. */
  void finish(String descriptor, String tag) throws IOException {
    String index =
        """
        {"schemaVersion":2,"manifests":[%s,
        "annotations":{"org.opencontainers.image.ref.name":"%s"}}]}
        """
            .formatted(descriptor, tag);
    Files.writeString(folder.resolve("index.json"), index);
  }

  Path folder() {
    return folder;
  }

  Set<String> digests() {
    return Set.copyOf(digests);
  }
}
