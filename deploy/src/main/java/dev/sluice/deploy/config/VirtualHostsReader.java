package dev.sluice.deploy.config;

import dev.sluice.metadata.Rule;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the key {@code virtualHosts}, whose keys are hosts. */
final class VirtualHostsReader {

  private VirtualHostsReader() {}

  /**
   * Prefixes by host, in lower case.
   *
   * @param publicUrl whose host is no prefix's, since names below it hold for all
   */
  static Map<String, String> read(Section byHost, Optional<URI> publicUrl) {
    Map<String, String> prefixes = new LinkedHashMap<>();
    for (String host : byHost.keys()) {
      Entry entry = byHost.at(host);
      if (Hosts.host(host).isEmpty()) {
        entry.wrong(Quoted.of(host) + " is not a host", Forms.HOST.allowed() + ", without a port");
      }
      if (publicUrl.filter(url -> host.equalsIgnoreCase(url.getHost())).isPresent()) {
        entry.wrong("is the host of publicUrl", "another host than that");
      }
      entry
          .as(Forms.PREFIX)
          .ifPresent(
              prefix -> {
                if (prefix.equals(Rule.ROOT)) {
                  entry.wrong("ROOT needs no host of its own", "the prefix of another rule");
                }
                prefixes.put(host.toLowerCase(Locale.ROOT), prefix);
              });
    }
    byHost.done();
    return prefixes;
  }
}
