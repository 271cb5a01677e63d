package dev.sluice.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.sluice.metadata.RuleTable;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualHostsTest {

  private static final int MANY = 10_000;
  private static final long SMALLEST_OBJECT = 8;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:5000",
        "http://[::1]:5000",
        "http://10.0.0.5",
        "https://[fd00::1]"
      })
  void thereAreNoNamesBelowAnAddress(String publicUrl) {
    VirtualHosts hosts = VirtualHosts.of(Map.of(), URI.create(publicUrl));
    Supplier<RuleTable> unasked =
        () -> {
          throw new AssertionError("a rule was looked for");
        };

    assertThat(hosts.prefixOf("hub." + URI.create(publicUrl).getHost(), unasked)).isNull();
  }

  @Test
  void aHostThatStandsForNoPrefixMakesNoObject() {
    var given = Map.of("hub.example.com", "hub", "images.example.org", "quay");
    VirtualHosts hosts = VirtualHosts.of(given, URI.create("https://cache.example.com"));
    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    RuleTable table = new RuleTable(List.of());
    Supplier<RuleTable> rules = () -> table;
    ask(hosts, rules);
    thread.getCurrentThreadAllocatedBytes();

    long before = thread.getCurrentThreadAllocatedBytes();
    ask(hosts, rules);
    long made = thread.getCurrentThreadAllocatedBytes() - before;

    assertThat(made).isLessThan(SMALLEST_OBJECT * MANY);
  }

  private static void ask(VirtualHosts hosts, Supplier<RuleTable> rules) {
    for (int i = 0; i < MANY; i++) {
      if (hosts.prefixOf("cache.example.com:8443", rules) != null) {
        throw new AssertionError("the node's own host stands for a prefix");
      }
    }
  }
}
