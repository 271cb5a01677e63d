package dev.sluice.fetcher.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressGuardTest {

  private static final AddressGuard CLOSED = new AddressGuard(address -> false);
  private static final AddressGuard OPEN = new AddressGuard(address -> true, port -> port == 5000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "1.1.1.1",
        "172.32.0.1",
        "100.128.0.1",
        "192.169.0.1",
        "2606:4700::1",
        "2a00::1"
      })
  void publicAddressesAreOpen(String address) {
    assertThat(CLOSED.objection(InetAddress.ofLiteral(address), 443)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::a00:1",
        "64:ff9b:1:a00:0:100::",
        "100::1",
        "2001::1",
        "2001:0:808:808::f5ff:fffe",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
      })
  void everyOtherAddressIsPrivate(String address) {
    assertThat(CLOSED.objection(InetAddress.ofLiteral(address), 443))
        .contains("is private; upstreams.allowPrivate must list it");
  }

  @ParameterizedTest
  @CsvSource({
    "64:ff9b::/96, 64:ff9b::808:808, true",
    "64:ff9b::/96, 64:ff9b::7f00:1, false",
    "64:ff9b::/96, 64:ff9b::a9fe:a9fe, false",
    "2002::/16, 2002:808:808::1, true",
    "2002::/16, 2002:a00:1::1, false",
    "2001::/32, 2001:0:808:808::f5ff:fffe, false",
    "2001::/32, 2001:0:808:808::f7f7:f7f7, true",
    "2001::/32, 2001:0:7f00:1::f7f7:f7f7, false",
    "::/0, ::ffff:10.0.0.1, false",
    "10.0.0.0/8, ::ffff:10.0.0.1, true",
  })
  void whatIsOpenedCarriesNothingElseIn(String opened, String address, boolean allowed) {
    AddressRange range = AddressRange.parse(opened).orElseThrow();
    assertThat(new AddressGuard(range::contains).allows(InetAddress.ofLiteral(address)))
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.8.9.10",
        "0.0.0.0",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
      })
  void ourOwnPortsAreShutWhateverIsOpened(String address) {
    InetAddress here = InetAddress.ofLiteral(address);
    assertThat(OPEN.objection(here, 5000))
        .hasValueSatisfying(why -> assertThat(why).contains("is this node itself at port 5000"));
    assertThat(OPEN.objection(here, 5001)).isEmpty();
  }

  @Test
  void ourOwnPortsAreShutOnEveryInterface() throws Exception {
    List<InetAddress> ours =
        Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
            .flatMap(card -> Collections.list(card.getInetAddresses()).stream())
            .toList();
    assertThat(ours).isNotEmpty();
    assertThat(ours).allMatch(address -> OPEN.objection(address, 5000).isPresent());
    assertThat(OPEN.objection(InetAddress.ofLiteral("8.8.8.8"), 5000)).isEmpty();
  }
}
