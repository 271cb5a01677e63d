package dev.sluice.gateway.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.storage.BlobLocation.Stored;
import dev.sluice.storage.Digest;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/** What the tests of this package ask for. */
final class Samples {

  static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  static final byte[] MANIFEST =
      "{ \"schemaVersion\": 2,\n  \"note\": \"not JSON as we would write it: \u00e4\" }\n"
          .getBytes(UTF_8);

  static final String BY_TAG = "/v2/hub/app/manifests/latest";

  private Samples() {}

  /** A tag's manifest, checked at an instant and usable until another. */
  static Found tagged(Stored body, Instant checked, Instant until) {
    return new Found(
        descriptor(body), Provenance.MISS, Optional.of(checked), until, Optional.empty());
  }

  /** A manifest that needs no check. */
  static Found byContent(Stored body, Provenance provenance) {
    return new Found(descriptor(body), provenance, Optional.empty(), Instant.MAX, Optional.empty());
  }

  /** A manifest that upstream could not confirm. */
  static Found stale(Stored body, Instant checked, Instant until, String reason) {
    return new Found(
        descriptor(body), Provenance.STALE, Optional.of(checked), until, Optional.of(reason));
  }

  static Descriptor descriptor(Stored body) {
    return new Descriptor(body.digest(), OCI_MANIFEST, body.bytes());
  }

  static String blobPath(Digest digest) {
    return "/v2/hub/app/blobs/" + digest;
  }

  static String manifestPath(Digest digest) {
    return "/v2/hub/app/manifests/" + digest;
  }

  /** The same bytes every time. */
  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
