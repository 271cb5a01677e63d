package dev.sluice.deploy.accept;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * An OCI index of an amd64 and an arm64 image; the amd64 one runs and prints its message.
 *
 * @param layout the OCI layout folder that holds it under the tag {@code image}
 * @param digest the index's digest
 * @param digests everything it is made of: index, manifests, configs and layers
 */
record TestImage(Path layout, String digest, Set<String> digests) {
  private static final String TAG = "image";

  /** Makes an image in {@code folder} whose program prints the message. */
  static TestImage saying(String message, Path folder) throws IOException {
    var layout = new OciLayout(folder);
    String json =
        """
        {"schemaVersion":2,"mediaType":"%s","manifests":[%s,%s]}"""
            .formatted(
                MediaTypes.INDEX,
                child(layout, "amd64", message),
                child(layout, "arm64", message + " (never run)"));
    layout.finish(layout.put(MediaTypes.INDEX, json), TAG);
    String digest = Sha256.of(json.getBytes(StandardCharsets.UTF_8));
    return new TestImage(layout.folder(), digest, layout.digests());
  }

  /** The image's name for skopeo. */
  String source() {
    return "oci:" + layout + ":" + TAG;
  }

  private static String child(OciLayout layout, String architecture, String message)
      throws IOException {
    byte[] tar = SingleFileTar.of("say", StaticProgram.printing(message));
    String layer = layout.put(MediaTypes.LAYER, gzip(tar)) + "}";
    String config = layout.put(MediaTypes.CONFIG, config(architecture, Sha256.of(tar))) + "}";
    String manifest =
        """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}"""
            .formatted(MediaTypes.MANIFEST, config, layer);
    return layout.put(MediaTypes.MANIFEST, manifest)
        + ",\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\"}}".formatted(architecture);
  }

  private static String config(String architecture, String diffId) {
    return """
    {"architecture":"%s","os":"linux","config":{"Cmd":["/say"]},
    "rootfs":{"type":"layers","diff_ids":["%s"]}}"""
        .formatted(architecture, diffId);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }
}
