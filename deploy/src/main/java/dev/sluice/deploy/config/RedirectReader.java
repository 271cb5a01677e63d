package dev.sluice.deploy.config;

import dev.sluice.fetcher.upstream.AddressRange;
import java.util.List;

/** Reads those keys of {@code storage.s3} that say who is sent there. */
final class RedirectReader {

  private RedirectReader() {}

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
}
