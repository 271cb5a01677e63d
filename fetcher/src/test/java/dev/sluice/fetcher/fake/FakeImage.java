package dev.sluice.fetcher.fake;

import dev.sluice.storage.Digest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** An image that the fake holds. */
public record FakeImage(
    String repository,
    Descriptor manifest,
    Descriptor config,
    List<Descriptor> layers,
    Content bytes) {

  /** The manifest's digest. */
  public Digest digest() {
    return manifest.digest();
  }

  /** The digest of a layer, from 0. */
  public Digest layer(int number) {
    return layers.get(number).digest();
  }

  /** The manifest's JSON, parsed. */
  public JsonObject json() {
    return new JsonObject(new String(bytes.toBytes(), StandardCharsets.UTF_8));
  }

  /** The request path of the manifest, by digest. */
  public String manifestPath() {
    return "/v2/" + repository + "/manifests/" + digest();
  }

  /** The request path of a layer, from 0. */
  public String layerPath(int number) {
    return "/v2/" + repository + "/blobs/" + layer(number);
  }

  /** The request path of the configuration. */
  public String configPath() {
    return "/v2/" + repository + "/blobs/" + config.digest();
  }
}
