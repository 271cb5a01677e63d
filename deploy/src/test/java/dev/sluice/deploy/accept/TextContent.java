package dev.sluice.deploy.accept;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A small document of a registry, such as a manifest. */
record TextContent(String mediaType, String text) implements Content {
  /** Manifest of an image with this config and these layers. */
  static TextContent manifestOf(Content config, Content... layers) {
    return new TextContent(
        MediaTypes.MANIFEST,
        """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}"""
            .formatted(
                MediaTypes.MANIFEST,
                descriptor(config),
                Stream.of(layers).map(TextContent::descriptor).collect(Collectors.joining(","))));
  }

  /** Index of one image, of linux/amd64. */
  static TextContent indexOf(Content manifest) {
    String platform = ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}}";
    return new TextContent(
        MediaTypes.INDEX,
        """
        {"schemaVersion":2,"mediaType":"%s","manifests":[%s]}"""
            .formatted(MediaTypes.INDEX, descriptor(manifest).replaceFirst("}$", platform)));
  }

  @Override
  public String digest() {
    return Sha256.of(bytes());
  }

  @Override
  public long size() {
    return bytes().length;
  }

  @Override
  public void copy(long offset, byte[] target, int length) {
    System.arraycopy(bytes(), Math.toIntExact(offset), target, 0, length);
  }

  private byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String descriptor(Content content) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(content.mediaType(), content.digest(), content.size());
  }
}
