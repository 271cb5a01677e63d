package dev.sluice.gateway.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out for which platforms images are: by the indexes that list them, else by their configs,
 * as far as these are stored on this node. What a digest says never changes, so it is read once.
 */
final class PlatformReader {

  private static final long MOST_KNOWN = 20_000;

  /** Blobs that are read for one look; the others are known at one of the next. */
  private static final int MOST_READS = 200;

  /** In bytes; larger ones are no usual index or config. */
  private static final long LARGEST = 512 << 10;

  private final Blobs blobs;

  /** Of images; empty text for those whose config says nothing. */
  private final Cache<Digest, String> platforms =
      Caffeine.newBuilder().maximumSize(MOST_KNOWN).executor(Runnable::run).build();

  /** Of indexes that were read. */
  private final Cache<Digest, Boolean> indexes =
      Caffeine.newBuilder().maximumSize(MOST_KNOWN).executor(Runnable::run).build();

  PlatformReader(Blobs blobs) {
    this.blobs = blobs;
  }

  /** The platforms of these images and of the children that they list, as far as they are known. */
  Map<Digest, String> of(List<ImageRecord> images) {
    int reads = 0;
    Map<Digest, String> known = new HashMap<>();
    for (ImageRecord image : images) {
      if (image.isIndex() && reads < MOST_READS && indexes.getIfPresent(image.digest()) == null) {
        reads++;
        readIndex(image);
      }
    }
    for (ImageRecord image : images) {
      if (image.isIndex()) {
        image.members().forEach(child -> take(child.digest(), known));
      } else if (!take(image.digest(), known) && reads < MOST_READS) {
        reads++;
        readConfig(image);
        take(image.digest(), known);
      }
    }
    return known;
  }

  private boolean take(Digest digest, Map<Digest, String> known) {
    String platform = platforms.getIfPresent(digest);
    if (platform != null && !platform.isEmpty()) {
      known.put(digest, platform);
    }
    return platform != null;
  }

  private void readIndex(ImageRecord index) {
    JsonObject json = read(index.digest(), index.size()).orElse(null);
    if (json == null) {
      return;
    }
    indexes.put(index.digest(), true);
    if (json.getValue("manifests") instanceof JsonArray children) {
      for (Object one : children) {
        if (one instanceof JsonObject child
            && child.getValue("digest") instanceof String digest
            && child.getValue("platform") instanceof JsonObject platform) {
          Digest.parse(digest).ifPresent(known -> platforms.put(known, text(platform)));
        }
      }
    }
  }

  private void readConfig(ImageRecord image) {
    image.members().stream()
        .filter(member -> member.mediaType().filter(PlatformReader::isConfig).isPresent())
        .findFirst()
        .flatMap(this::read)
        .ifPresent(config -> platforms.put(image.digest(), text(config)));
  }

  private static boolean isConfig(String mediaType) {
    return mediaType.equals("application/vnd.oci.image.config.v1+json")
        || mediaType.equals("application/vnd.docker.container.image.v1+json");
  }

  private Optional<JsonObject> read(Member config) {
    return read(config.digest(), config.size().orElse(LARGEST + 1));
  }

  private Optional<JsonObject> read(Digest digest, long size) {
    if (size > LARGEST) {
      return Optional.empty();
    }
    Optional<Buffer> bytes =
        blobs.read(digest).map(Optional::of).otherwise(Optional.empty()).await();
    try {
      return bytes.map(JsonObject::new);
    } catch (DecodeException | ClassCastException malformed) {
      return Optional.empty();
    }
  }

  /** Such as {@code linux/arm/v7}; what is not said, or unknown, is left out. */
  private static String text(JsonObject platform) {
    if (!(platform.getValue("os") instanceof String os)
        || !(platform.getValue("architecture") instanceof String architecture)) {
      return "";
    }
    return platform.getValue("variant") instanceof String variant && !variant.isEmpty()
        ? os + '/' + architecture + '/' + variant
        : os + '/' + architecture;
  }
}
