package dev.sluice.deploy.accept;

import java.util.List;

/**
 * An image of a few kilobytes that an upstream has.
 *
 * @param repository by its upstream's name
 * @param manifest the manifest's digest
 */
record SmallImage(String repository, String manifest, GeneratedBlob layer) {
  private static final long SIZE = 16 * 1024;

  static SmallImage publish(TestUpstream upstream, String repository) {
    GeneratedBlob layer = GeneratedBlob.of(repository.hashCode(), SIZE);
    return new SmallImage(repository, upstream.publish(repository, layer).digest(), layer);
  }

  /** What a client asks for, in its order, where the rule has this prefix. */
  List<SmallRequest> pull(String prefix) {
    String path = "/v2/" + prefix + "/" + repository;
    return List.of(
        new SmallRequest(path + "/manifests/latest", manifest),
        new SmallRequest(path + "/manifests/" + manifest, manifest),
        new SmallRequest(path + "/blobs/" + layer.digest(), layer.digest()));
  }
}
