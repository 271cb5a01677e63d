package dev.sluice.deploy.config;

import dev.sluice.fetcher.upstream.AddressRange;
import java.util.List;

/** Reads the keys that say which clients are sent to the bucket. */
final class RedirectReader {

  private RedirectReader() {}

  /** Those of {@code storage.s3}. */
  static RedirectConfig read(Section s3) {
    boolean redirect = s3.at("redirect").as(Forms.BOOLEAN).orElse(false);
    Entry networks = s3.at("redirectNetworks");
    List<Entry> items = networks.items();
    if (networks.isPresent() && items.isEmpty() && !networks.isWrong()) {
      networks.wrong("is an empty list", "networks of clients; redirect: false for nobody");
    }
    List<AddressRange> ranges =
        items.stream().flatMap(item -> item.as(Targets.ADDRESSES).stream()).toList();
    return new RedirectConfig(redirect, ranges);
  }

  /** Reports that a section sends clients to a bucket, for a node that has none. */
  static void refuse(Section section) {
    Entry redirect = section.at("redirect");
    // What is wrong already would be said twice.
    if (!redirect.isWrong() && redirect.as(Forms.BOOLEAN).orElse(false)) {
      redirect.wrong(
          "is true, but storage.type is disk", "false; or storage.type: s3 and storage.s3");
    }
  }
}
