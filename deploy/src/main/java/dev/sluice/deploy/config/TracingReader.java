package dev.sluice.deploy.config;

import java.net.URI;
import java.util.Optional;

/** Reads the key {@code tracing}. */
final class TracingReader {

  private static final int ALL = 100;

  private TracingReader() {}

  /** Of no use once a problem was added. */
  static Config.Tracing read(Section section) {
    Optional<URI> endpoint = section.at("endpoint").as(Targets.URL);
    Entry sample = section.at("sample");
    int percent = sample.as(Forms.PERCENT).orElse(ALL);
    if (sample.isPresent() && !section.at("endpoint").isPresent()) {
      sample.wrong(
          "is given without endpoint", "tracing.endpoint with it, where a collector takes traces");
    }
    section.done();
    return new Config.Tracing(endpoint, percent);
  }
}
