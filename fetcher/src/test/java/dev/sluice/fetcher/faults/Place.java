package dev.sluice.fetcher.faults;

import dev.sluice.fetcher.fake.FakeRegistry;

/** Which of the upstream's answers a fault strikes. */
enum Place {
  /** Manifests by tag and by digest. */
  MANIFEST(FakeRegistry.MANIFESTS),
  /** Manifests by digest only. */
  DIGEST("^/v2/.+/manifests/sha256:"),
  /** One blob. */
  BLOB(FakeRegistry.BLOBS),
  /** The token service. */
  TOKEN(FakeRegistry.TOKEN),
  /** Lists of tags. */
  TAGS(FakeRegistry.TAGS);

  private final String path;

  Place(String path) {
    this.path = path;
  }

  /** Of the requests that it means. */
  String path() {
    return path;
  }
}
