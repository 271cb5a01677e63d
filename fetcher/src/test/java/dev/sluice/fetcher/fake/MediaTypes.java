package dev.sluice.fetcher.fake;

/** The names that a family of image formats gives to its parts. */
public enum MediaTypes {
  /** OCI image format. */
  OCI(
      "application/vnd.oci.image.manifest.v1+json",
      "application/vnd.oci.image.index.v1+json",
      "application/vnd.oci.image.config.v1+json",
      "application/vnd.oci.image.layer.v1.tar+gzip"),
  /** Docker image manifest, version 2, schema 2. */
  DOCKER(
      "application/vnd.docker.distribution.manifest.v2+json",
      "application/vnd.docker.distribution.manifest.list.v2+json",
      "application/vnd.docker.container.image.v1+json",
      "application/vnd.docker.image.rootfs.diff.tar.gzip");

  private final String manifest;
  private final String index;
  private final String config;
  private final String layer;

  MediaTypes(String manifest, String index, String config, String layer) {
    this.manifest = manifest;
    this.index = index;
    this.config = config;
    this.layer = layer;
  }

  /** An image manifest. */
  public String manifest() {
    return manifest;
  }

  /** An index, or manifest list. */
  public String index() {
    return index;
  }

  /** An image's configuration. */
  public String config() {
    return config;
  }

  /** A compressed layer. */
  public String layer() {
    return layer;
  }
}
