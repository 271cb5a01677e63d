package dev.sluice.deploy.config;

import dev.sluice.fetcher.upstream.AddressRange;
import dev.sluice.gateway.Entrance.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How clients come in.
 *
 * @param tls empty for plain HTTP
 * @param proxyProtocol whether every connection begins with a line that says who the client is
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 */
public record DoorConfig(
    Optional<Tls> tls, boolean proxyProtocol, List<AddressRange> trustedProxies, Limits limits) {

  /** Copies the list. */
  public DoorConfig {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /**
   * Who this node is.
   *
   * @param certificate a file of PEM, its authorities after it
   * @param key a file of PEM, PKCS#8 or the older forms, not encrypted
   */
  public record Tls(Path certificate, Path key) {}

  /** Whether a proxy may say who its client is. */
  public boolean trusts(String address) {
    int zone = address.indexOf('%');
    return AddressRange.literal(zone < 0 ? address : address.substring(0, zone))
        .filter(ip -> trustedProxies.stream().anyMatch(block -> block.contains(ip)))
        .isPresent();
  }
}
