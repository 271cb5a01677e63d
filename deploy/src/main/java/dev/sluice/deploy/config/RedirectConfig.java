package dev.sluice.deploy.config;

import dev.sluice.fetcher.upstream.AddressRange;
import java.util.List;

/**
 * Whether clients read blobs at the nodes' bucket themselves.
 *
 * @param redirect whether they do, where neither the defaults nor a rule says otherwise
 * @param redirectNetworks those who can reach the bucket; empty: everybody
 */
public record RedirectConfig(boolean redirect, List<AddressRange> redirectNetworks) {

  /** Copies the list. */
  public RedirectConfig {
    redirectNetworks = List.copyOf(redirectNetworks);
  }

  /**
   * Whether a client can reach the bucket.
   *
   * @param address its end of the connection, an IP address
   */
  public boolean reaches(String address) {
    if (redirectNetworks.isEmpty()) {
      return true;
    }
    int zone = address.indexOf('%');
    return AddressRange.literal(zone < 0 ? address : address.substring(0, zone))
        .filter(ip -> redirectNetworks.stream().anyMatch(block -> block.contains(ip)))
        .isPresent();
  }
}
