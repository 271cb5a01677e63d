package dev.sluice.deploy.accept;

/** Media types of the OCI image specification that the tests speak of. */
final class MediaTypes {
  static final String INDEX = "application/vnd.oci.image.index.v1+json";
  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

  /** Value of the Accept header with which clients ask for a manifest. */
  static final String ACCEPTED = INDEX + ", " + MANIFEST + ", */*";

  private MediaTypes() {}
}
