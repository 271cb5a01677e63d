package dev.sluice.metadata;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How many images, or how old ones, a rule of a {@link LifecyclePolicy} leaves. */
public sealed interface LifecycleLimit {

  /**
   * The images that are too many or too old.
   *
   * @param newestFirst by when they were pushed
   */
  List<LifecycleImage> beyond(List<LifecycleImage> newestFirst, Instant now);

  /** The newest so many are left; 1 or more. */
  record MoreThan(int images) implements LifecycleLimit {
    @Override
    public List<LifecycleImage> beyond(List<LifecycleImage> newestFirst, Instant now) {
      return newestFirst.stream().skip(images).toList();
    }
  }

  /** Those that were pushed within so many days are left; 1 or more. */
  record SincePushed(int days) implements LifecycleLimit {
    @Override
    public List<LifecycleImage> beyond(List<LifecycleImage> newestFirst, Instant now) {
      Instant since = before(now, days);
      return newestFirst.stream().filter(image -> image.pushedAt().isBefore(since)).toList();
    }
  }

  /** Those that were pulled within so many days are left, or pushed where never pulled. */
  record SincePulled(int days) implements LifecycleLimit {
    @Override
    public List<LifecycleImage> beyond(List<LifecycleImage> newestFirst, Instant now) {
      Instant since = before(now, days);
      return newestFirst.stream()
          .filter(image -> image.pulledAt().orElse(image.pushedAt()).isBefore(since))
          .toList();
    }
  }

  private static Instant before(Instant now, int days) {
    return now.minus(Duration.ofDays(days));
  }
}
