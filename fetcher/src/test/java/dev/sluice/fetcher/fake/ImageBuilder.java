package dev.sluice.fetcher.fake;

import dev.sluice.metadata.Platform;
import dev.sluice.storage.Digest.Algorithm;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a valid image; nothing is held by the fake before {@link #push}. */
public final class ImageBuilder {
  private final Repositories repositories;
  private final String repository;
  private final Optional<String> tag;
  private final List<Layer> layers = new ArrayList<>();
  private MediaTypes types = MediaTypes.OCI;
  private Platform platform = new Platform("linux", "amd64", "");
  private Optional<Descriptor> subject = Optional.empty();
  private Optional<String> artifactType = Optional.empty();

  private record Layer(Algorithm algorithm, Content bytes) {}

  ImageBuilder(Repositories repositories, String repository, Optional<String> tag) {
    this.repositories = repositories;
    this.repository = repository;
    this.tag = tag;
  }

  /** A layer of so many bytes that no other layer of this fake has. */
  public ImageBuilder layer(long size) {
    return layer(Content.seeded(repositories.freshSeed(), size));
  }

  /** A layer of these bytes. */
  public ImageBuilder layer(Content bytes) {
    layers.add(new Layer(Algorithm.SHA256, bytes));
    return this;
  }

  /** A layer addressed by its sha512. */
  public ImageBuilder sha512Layer(long size) {
    layers.add(new Layer(Algorithm.SHA512, Content.seeded(repositories.freshSeed(), size)));
    return this;
  }

  /** Docker's media types in place of OCI's. */
  public ImageBuilder docker() {
    return types(MediaTypes.DOCKER);
  }

  ImageBuilder types(MediaTypes wanted) {
    types = wanted;
    return this;
  }

  /** What it runs on, such as {@code linux/arm64/v8}; {@code linux/amd64} unless said. */
  public ImageBuilder platform(String name) {
    platform = Platform.parse(name).orElseThrow();
    return this;
  }

  /** Makes it refer to another manifest, as an artifact of this type. */
  public ImageBuilder refersTo(Descriptor other, String type) {
    subject = Optional.of(other);
    artifactType = Optional.of(type);
    return this;
  }

  /** Stores blobs and manifest, and points the tag at it if one was given. */
  public FakeImage push() {
    List<Descriptor> stored = layers.stream().map(this::store).toList();
    Descriptor config = store(new Layer(Algorithm.SHA256, config(stored)), types.config());
    Content bytes = Content.of(manifest(config, stored).encode());
    Descriptor manifest = repositories.addManifest(repository, types.manifest(), bytes);
    tag.ifPresent(name -> repositories.tag(repository, name, manifest.digest()));
    subject.ifPresent(
        of ->
            repositories.addReferrer(
                repository,
                new Repositories.Referrer(of.digest(), artifactType.orElseThrow(), manifest)));
    return new FakeImage(repository, manifest, config, stored, bytes);
  }

  private Descriptor store(Layer layer) {
    return store(layer, types.layer());
  }

  private Descriptor store(Layer layer, String mediaType) {
    var digest = repositories.addBlob(repository, layer.algorithm, layer.bytes);
    return new Descriptor(mediaType, digest, layer.bytes.size());
  }

  private JsonObject manifest(Descriptor config, List<Descriptor> stored) {
    JsonObject json =
        new JsonObject()
            .put("schemaVersion", 2)
            .put("mediaType", types.manifest())
            .put("config", config.toJson())
            .put("layers", new JsonArray(stored.stream().map(Descriptor::toJson).toList()));
    artifactType.ifPresent(type -> json.put("artifactType", type));
    subject.ifPresent(of -> json.put("subject", of.toJson()));
    return json;
  }

  private Content config(List<Descriptor> stored) {
    List<String> diffs = stored.stream().map(layer -> layer.digest().toString()).toList();
    JsonObject json = new JsonObject().put("os", platform.os());
    json.put("architecture", platform.architecture());
    if (!platform.variant().isEmpty()) {
      json.put("variant", platform.variant());
    }
    json.put("config", new JsonObject());
    json.put(
        "rootfs", new JsonObject().put("type", "layers").put("diff_ids", new JsonArray(diffs)));
    return Content.of(json.encode());
  }
}
