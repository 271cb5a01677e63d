package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.NOON;
import static dev.sluice.metadata.Samples.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.LifecyclePolicy.Expiry;
import dev.sluice.metadata.LifecyclePolicy.Parsed;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Images and policies that tests of lifecycles are made of. */
final class LifecycleSamples {

  private LifecycleSamples() {}

  static LifecycleImage image(String content, int daysAgo, String... tags) {
    return new LifecycleImage(
        digest(content),
        Stream.of(tags).map(Samples::tag).collect(Collectors.toSet()),
        NOON.minus(Duration.ofDays(daysAgo)),
        Optional.empty(),
        Set.of());
  }

  static LifecycleImage listing(LifecycleImage image, String... contents) {
    return new LifecycleImage(
        image.digest(),
        image.tags(),
        image.pushedAt(),
        image.pulledAt(),
        Stream.of(contents).map(Samples::digest).collect(Collectors.toSet()));
  }

  static LifecycleImage pulled(LifecycleImage image, int daysAgo) {
    return new LifecycleImage(
        image.digest(),
        image.tags(),
        image.pushedAt(),
        Optional.of(NOON.minus(Duration.ofDays(daysAgo))),
        image.lists());
  }

  static String rule(int priority, String selection) {
    return "{\"rulePriority\":%d,\"selection\":{%s},\"action\":{\"type\":\"expire\"}}"
        .formatted(priority, selection.replace('\'', '"'));
  }

  static LifecyclePolicy policy(String... rules) {
    Parsed parsed = LifecyclePolicy.parse("{\"rules\":[" + String.join(",", rules) + "]}");
    assertThat(parsed).isInstanceOf(Parsed.Policy.class);
    return ((Parsed.Policy) parsed).policy();
  }

  static Expiry by(int priority, String content) {
    return new Expiry(digest(content), priority);
  }
}
