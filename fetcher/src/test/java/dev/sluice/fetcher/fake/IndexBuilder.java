package dev.sluice.fetcher.fake;

import dev.sluice.metadata.Platform;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Makes a valid index and its children; nothing is held by the fake before {@link #push}. */
public final class IndexBuilder {
  private final Repositories repositories;
  private final String repository;
  private final String tag;
  private final List<Child> wanted = new ArrayList<>();
  private MediaTypes types = MediaTypes.OCI;

  private record Child(Platform platform, List<Long> layerSizes) {}

  IndexBuilder(Repositories repositories, String repository, String tag) {
    this.repositories = repositories;
    this.repository = repository;
    this.tag = tag;
  }

  /** A child for a platform such as {@code linux/arm64/v8}, with layers of these sizes. */
  public IndexBuilder platform(String name, long... layerSizes) {
    wanted.add(
        new Child(Platform.parse(name).orElseThrow(), LongStream.of(layerSizes).boxed().toList()));
    return this;
  }

  /** Docker's media types in place of OCI's. */
  public IndexBuilder docker() {
    types = MediaTypes.DOCKER;
    return this;
  }

  /** Stores the children and the index, and points the tag at it. */
  public FakeIndex push() {
    Map<Platform, FakeImage> children = new LinkedHashMap<>();
    JsonArray entries = new JsonArray();
    for (Child child : wanted) {
      FakeImage image = push(child);
      children.put(child.platform, image);
      entries.add(image.manifest().toJson().put("platform", json(child.platform)));
    }
    JsonObject json = new JsonObject().put("schemaVersion", 2).put("mediaType", types.index());
    Content bytes = Content.of(json.put("manifests", entries).encode());
    Descriptor manifest = repositories.addManifest(repository, types.index(), bytes);
    repositories.tag(repository, tag, manifest.digest());
    return new FakeIndex(repository, manifest, children, bytes);
  }

  private FakeImage push(Child child) {
    ImageBuilder image =
        new ImageBuilder(repositories, repository, Optional.empty())
            .types(types)
            .platform(child.platform.toString());
    for (long size : child.layerSizes) {
      image.layer(size);
    }
    return image.push();
  }

  private static JsonObject json(Platform platform) {
    JsonObject json =
        new JsonObject().put("os", platform.os()).put("architecture", platform.architecture());
    return platform.variant().isEmpty() ? json : json.put("variant", platform.variant());
  }
}
