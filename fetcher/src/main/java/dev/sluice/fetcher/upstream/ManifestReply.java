package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Wrong;
import dev.sluice.metadata.Reference;
import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** What a registry sends when it is asked for a manifest. */
final class ManifestReply {

  /**
   * Every type we can keep. Without all of them in one header, some registries answer an index with
   * a child of their choice; the last lets artifacts of other types through.
   */
  static final String ACCEPTED =
      "application/vnd.oci.image.index.v1+json,"
          + "application/vnd.oci.image.manifest.v1+json,"
          + "application/vnd.docker.distribution.manifest.list.v2+json,"
          + "application/vnd.docker.distribution.manifest.v2+json,"
          + "*/*;q=0.1";

  private ManifestReply() {}

  /** A manifest whose bytes match the digest that was asked for, or announced. */
  static UpstreamAnswer<FetchedManifest> read(
      UpstreamResponse response, Buffer body, Reference reference) {
    byte[] bytes = body.getBytes();
    Optional<Digest> announced = response.header("Docker-Content-Digest").flatMap(Digest::parse);
    if (announced.isEmpty() && response.header("Docker-Content-Digest").isPresent()) {
      return new Wrong<>("it announces a manifest by a malformed digest");
    }
    if (announced.isPresent() && !matches(announced.get(), bytes)) {
      return new Wrong<>("it announced the manifest " + announced.get() + " and sent another");
    }
    Digest digest =
        reference instanceof Reference.ByDigest(var asked) ? asked : Digest.sha256(bytes);
    if (!matches(digest, bytes)) {
      return new Wrong<>("it was asked for the manifest " + digest + " and sent another");
    }
    return new Got<>(new FetchedManifest(digest, contentType(response), body));
  }

  private static boolean matches(Digest digest, byte[] bytes) {
    var hasher = digest.algorithm().hasher();
    hasher.update(bytes);
    return Digest.of(digest.algorithm(), hasher).equals(digest);
  }

  private static String contentType(UpstreamResponse response) {
    String value = response.header("Content-Type").orElse("");
    int parameters = value.indexOf(';');
    return (parameters < 0 ? value : value.substring(0, parameters)).strip();
  }
}
