package dev.sluice.deploy.config;

import dev.sluice.metadata.CheckIntervals;
import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.Platform;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Policies;
import dev.sluice.metadata.TagInterval;
import dev.sluice.metadata.UpstreamLimits;
import java.time.Duration;
import java.util.ArrayList;
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
        checkIntervals(section, otherwise.checkIntervals()),
        section.at("checkBudget").as(Forms.DURATION).orElse(otherwise.checkBudget()),
        section.at("onDeleted").as(Forms.ON_DELETED).orElse(otherwise.onDeleted()),
        platforms(section.at("platforms")).orElse(otherwise.platforms()),
        otherwise.repositories(),
        otherwise.tags(),
        limits(section, otherwise.limits()),
        section.at("redirect").as(Forms.BOOLEAN).orElse(otherwise.redirect()));
  }

  private static CheckIntervals checkIntervals(Section section, CheckIntervals otherwise) {
    Duration usual = section.at("checkInterval").as(Forms.DURATION).orElse(otherwise.usual());
    Entry byTag = section.at("checkIntervals");
    return new CheckIntervals(
        usual, byTag.isPresent() ? byTag(byTag.section()) : otherwise.byTag());
  }

  private static List<TagInterval> byTag(Section section) {
    List<TagInterval> intervals = new ArrayList<>();
    for (String key : section.keys()) {
      Entry entry = section.at(key);
      Optional<NamePattern> tags = Patterns.TAG.read(key);
      Optional<Duration> interval = entry.as(Forms.DURATION);
      if (tags.isEmpty()) {
        entry.wrong(Quoted.of(key) + " is not " + Patterns.TAG.noun(), Patterns.TAG.allowed());
      } else if (interval.isPresent()) {
        intervals.add(new TagInterval(tags.get(), interval.get()));
      }
    }
    section.done();
    return intervals;
  }

  private static UpstreamLimits limits(Section section, UpstreamLimits otherwise) {
    return new UpstreamLimits(
        section
            .at("requestsPerSecond")
            .as(Forms.REQUESTS_PER_SECOND)
            .orElse(otherwise.requestsPerSecond()),
        section.at("pullReserve").as(Forms.PERCENT).orElse(otherwise.reservePercent()));
  }

  private static Optional<Platforms> platforms(Entry entry) {
    if (!entry.isPresent()) {
      return Optional.empty();
    }
    return entry.isList() ? only(entry) : entry.as(WORD);
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
