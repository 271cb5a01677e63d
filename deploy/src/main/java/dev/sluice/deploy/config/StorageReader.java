package dev.sluice.deploy.config;

import dev.sluice.deploy.config.Config.StorageType;
import dev.sluice.storage.disk.SpaceLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the key {@code storage}. */
record StorageReader(Form<Path> path) {

  private static final Duration USUAL_SCRUB = Duration.ofDays(7);

  private static final String OFF = "off";

  /** Less would keep nothing, or not even what a pull begins with. */
  private static final long LEAST_BYTES = 1_000_000;

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([kMGTKi]*B)");

  private static final Map<String, Long> UNITS =
      Map.of(
          "kB",
          1000L,
          "MB",
          1_000_000L,
          "GB",
          1_000_000_000L,
          "TB",
          1_000_000_000_000L,
          "KiB",
          1L << 10,
          "MiB",
          1L << 20,
          "GiB",
          1L << 30,
          "TiB",
          1L << 40);

  private static final Form<SpaceLimit> LIMIT =
      new Form<>(
          "a share of a disk",
          "1% to 100% of the disk, or a whole number and a unit of kB, MB, GB, TB, KiB, MiB, GiB or"
              + " TiB, such as 80% or 500GiB, at least 1MB",
          text -> text.endsWith("%") ? share(text) : size(text));

  /** All that is kept is looked through twice in it, in the bucket too. */
  private static final Form<Duration> GRACE = atLeast("10s");

  private static final Form<Duration> INTERVAL = atLeast("1m");

  /** Zero for never. */
  private static final Form<Duration> SCRUB =
      new Form<>(
          INTERVAL.noun(),
          "off, or " + INTERVAL.allowed(),
          text -> text.equals(OFF) ? Optional.of(Duration.ZERO) : INTERVAL.read(text));

  private static Form<Duration> atLeast(String least) {
    Duration bound = Forms.DURATION.read(least).orElseThrow();
    return new Form<>(
        "a duration of at least " + least,
        Forms.DURATION.allowed() + ", at least " + least,
        text -> Forms.DURATION.read(text).filter(given -> given.compareTo(bound) >= 0));
  }

  /** Of no use once a problem was added. */
  Config.Storage read(Section section) {
    Entry typeEntry = section.at("type");
    StorageType type = typeEntry.as(Forms.STORAGE_TYPE).orElse(StorageType.DISK);
    Duration grace = section.at("grace").as(GRACE).orElse(WellKnown.GRACE);
    SpaceLimit limit = section.at("maxSize").as(LIMIT).orElse(SpaceLimit.usual());
    Duration interval = section.at("scrub").as(SCRUB).orElse(USUAL_SCRUB);
    Optional<Duration> scrub = Optional.of(interval).filter(Duration::isPositive);
    Entry s3 = section.at("s3");
    section.done();
    if (type == StorageType.DISK && !s3.isPresent()) {
      return new Config.Storage(grace, limit, scrub, S3Config.NONE);
    }
    S3Config config = new S3Reader(path).read(s3);
    if (type == StorageType.DISK && !typeEntry.isWrong()) {
      s3.wrong("is given, but storage.type is disk", "storage.type: s3 with it");
    }
    return new Config.Storage(grace, limit, scrub, config);
  }

  private static Optional<SpaceLimit> share(String text) {
    return Forms.PERCENT.read(text).filter(most -> most > 0).map(SpaceLimit.Percent::new);
  }

  private static Optional<SpaceLimit> size(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (!matcher.matches() || !UNITS.containsKey(matcher.group(2))) {
      return Optional.empty();
    }
    try {
      long bytes =
          Math.multiplyExact(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2)));
      return Optional.<SpaceLimit>of(new SpaceLimit.Bytes(bytes))
          .filter(limit -> bytes >= LEAST_BYTES);
    } catch (ArithmeticException tooMuch) {
      return Optional.empty();
    }
  }
}
