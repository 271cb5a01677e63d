package dev.sluice.fetcher.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.168.1.128/25, 192.168.1.127, false",
    "192.168.1.128/25, 192.168.1.128, true",
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.2, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe80::1, false",
    "::1, ::1, true",
  })
  void containsTheAddressesThatShareItsLeadingBits(String block, String address, boolean inside) {
    assertThat(AddressRange.parse(block))
        .map(cidr -> cidr.contains(InetAddress.ofLiteral(address)))
        .contains(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10.1",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.1/8",
        "::1/129",
        "a",
        "fe80::1%eth0",
        "/8"
      })
  void isNothingElse(String text) {
    assertThat(AddressRange.parse(text)).isEmpty();
  }
}
