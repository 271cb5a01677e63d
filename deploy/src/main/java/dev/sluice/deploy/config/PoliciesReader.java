package dev.sluice.deploy.config;

import dev.sluice.metadata.Platform;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies;
import java.util.List;
import java.util.Optional;

/** Reads the keys that {@code defaults} and every rule share. */
final class PoliciesReader {

  private static final String ALLOWED_PLATFORMS =
      "all, requested, or a list of os/architecture[/variant], such as [linux/amd64]";
  private static final Form<Platform> PLATFORM =
      new Form<>("a platform", "os/architecture[/variant], such as linux/arm64", Platform::parse);
  private static final Form<Platforms> WORD =
      new Form<>("a choice of platforms", ALLOWED_PLATFORMS, PoliciesReader::word);

  private PoliciesReader() {}

  /** The policies of a section, those it leaves out being taken from others. */
  static Policies read(Section section, Policies otherwise) {
    return new Policies(
        section.at("checkInterval").as(Forms.DURATION).orElse(otherwise.checkInterval()),
        section.at("checkBudget").as(Forms.DURATION).orElse(otherwise.checkBudget()),
        section.at("onDeleted").as(Forms.ON_DELETED).orElse(otherwise.onDeleted()),
        platforms(section.at("platforms")).orElse(otherwise.platforms()));
  }

  private static Optional<Platforms> platforms(Entry entry) {
    if (!entry.isPresent()) {
      return Optional.empty();
    }
    boolean isList = entry.yaml().filter(Yaml.Sequence.class::isInstance).isPresent();
    return isList ? only(entry) : entry.as(WORD);
  }

  private static Optional<Platforms> only(Entry entry) {
    List<Entry> items = entry.items();
    if (items.isEmpty()) {
      entry.wrong("is an empty list", ALLOWED_PLATFORMS);
    }
    List<Platform> platforms = items.stream().flatMap(item -> item.as(PLATFORM).stream()).toList();
    return Optional.of(new Platforms.Only(platforms));
  }

  private static Optional<Platforms> word(String text) {
    return switch (text) {
      case "all" -> Optional.of(new Platforms.All());
      case "requested" -> Optional.of(new Platforms.Requested());
      default -> Optional.empty();
    };
  }
}
