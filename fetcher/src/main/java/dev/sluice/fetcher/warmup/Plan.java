package dev.sluice.fetcher.warmup;

import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.Platforms;
import java.util.List;
import java.util.Optional;

/** A request that can be meant. */
public sealed interface Plan {

  /** For which platforms; empty for those that each image's rule says. */
  Optional<Platforms> platforms();

  /** These images, each once. */
  record Images(List<ImageName> images, Optional<Platforms> platforms) implements Plan {
    /** Copies the list. */
    public Images {
      images = List.copyOf(images);
    }
  }

  /**
   * What the registry of a rule has.
   *
   * @param rule its prefix
   * @param repositories by upstream's names; none for all
   * @param tags none for all
   */
  record Catalogue(
      String rule,
      List<NamePattern> repositories,
      List<NamePattern> tags,
      Optional<Platforms> platforms)
      implements Plan {
    /** Copies the lists. */
    public Catalogue {
      repositories = List.copyOf(repositories);
      tags = List.copyOf(tags);
    }

    /** Whether a repository is wanted, by upstream's name. */
    public boolean wantsRepository(String name) {
      return matches(repositories, name);
    }

    /** Whether a tag is wanted. */
    public boolean wantsTag(String name) {
      return matches(tags, name);
    }

    private static boolean matches(List<NamePattern> patterns, String name) {
      return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }
  }
}
