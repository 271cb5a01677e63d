package dev.sluice.fetcher.fake;

import dev.sluice.metadata.Platform;
import dev.sluice.storage.Digest;
import java.util.Map;

/** An index that the fake holds, and its children by platform. */
public record FakeIndex(
    String repository, Descriptor manifest, Map<Platform, FakeImage> children, Content bytes) {

  /** The index's digest. */
  public Digest digest() {
    return manifest.digest();
  }

  /** The child for a platform such as {@code linux/arm64/v8}. */
  public FakeImage child(String platform) {
    FakeImage child = children.get(Platform.parse(platform).orElseThrow());
    if (child == null) {
      throw new AssertionError("no child for " + platform + " among " + children.keySet());
    }
    return child;
  }

  /** The request path of the index, by digest. */
  public String manifestPath() {
    return "/v2/" + repository + "/manifests/" + digest();
  }
}
