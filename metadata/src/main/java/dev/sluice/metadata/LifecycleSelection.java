package dev.sluice.metadata;

import java.util.Set;

/** Which images a rule of a {@link LifecyclePolicy} is for. */
public sealed interface LifecycleSelection {

  /** Whether an image is among them. */
  boolean selects(LifecycleImage image);

  /** Images of which each pattern matches some tag. */
  record Tagged(Set<NamePattern> patterns) implements LifecycleSelection {

    /** Copies the set. */
    public Tagged {
      patterns = Set.copyOf(patterns);
    }

    @Override
    public boolean selects(LifecycleImage image) {
      return patterns.stream()
          .allMatch(pattern -> image.tags().stream().anyMatch(tag -> pattern.matches(tag.value())));
    }
  }

  /** Images without a tag. */
  record Untagged() implements LifecycleSelection {
    @Override
    public boolean selects(LifecycleImage image) {
      return image.tags().isEmpty();
    }
  }

  /** Every image. */
  record Any() implements LifecycleSelection {
    @Override
    public boolean selects(LifecycleImage image) {
      return true;
    }
  }
}
