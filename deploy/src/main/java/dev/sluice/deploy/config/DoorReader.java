package dev.sluice.deploy.config;

import dev.sluice.deploy.config.DoorConfig.Tls;
import dev.sluice.fetcher.upstream.AddressRange;
import dev.sluice.gateway.Entrance.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the keys that say how clients come in. */
record DoorReader(Form<Path> path) {

  private static final int MOST = 1_000_000;

  private static final Form<Integer> NUMBER =
      new Form<>(
          "a number",
          "a whole number from 1 to " + MOST,
          text ->
              text.matches("[0-9]{1,7}") && Integer.parseInt(text) >= 1
                  ? Optional.of(Integer.valueOf(text)).filter(n -> n <= MOST)
                  : Optional.empty());

  /** Of no use once a problem was added. */
  DoorConfig read(Section top) {
    List<AddressRange> proxies =
        top.at("trustedProxies").items().stream()
            .flatMap(item -> item.as(Targets.ADDRESSES).stream())
            .toList();
    return new DoorConfig(
        tls(top.at("tls")),
        top.at("proxyProtocol").as(Forms.BOOLEAN).orElse(false),
        proxies,
        limits(top.at("limits").section()));
  }

  private Optional<Tls> tls(Entry entry) {
    if (!entry.isPresent()) {
      return Optional.empty();
    }
    Section section = entry.section();
    Optional<Path> certificate = file(section.at("certificate"));
    Optional<Path> key = file(section.at("key"));
    section.done();
    return certificate.flatMap(shown -> key.map(kept -> new Tls(shown, kept)));
  }

  private Optional<Path> file(Entry entry) {
    Optional<Path> file = entry.required(path);
    file.filter(named -> !Files.isReadable(named))
        .ifPresent(named -> entry.wrong("names the file " + named + ", which cannot be read", ""));
    return file;
  }

  private static Limits limits(Section section) {
    Limits usual = Limits.USUAL;
    Limits limits =
        new Limits(
            section.at("headTime").as(Forms.DURATION).orElse(usual.headTime()),
            section.at("connectionsPerAddress").as(NUMBER).orElse(usual.connectionsPerAddress()),
            section.at("requestsPerConnection").as(NUMBER).orElse(usual.requestsPerConnection()));
    section.done();
    return limits;
  }
}
