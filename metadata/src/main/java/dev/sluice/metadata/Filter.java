package dev.sluice.metadata;

import java.util.List;

/**
 * Which names a rule lets through.
 *
 * @param allow empty: every name
 * @param deny wins over {@code allow}
 */
public record Filter(List<NamePattern> allow, List<NamePattern> deny) {

  /** Lets every name through. */
  public static final Filter NONE = new Filter(List.of(), List.of());

  /** Copies the lists. */
  public Filter {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
  }

  /** Whether a name is let through. */
  public boolean admits(String name) {
    return deny.stream().noneMatch(pattern -> pattern.matches(name))
        && (allow.isEmpty() || allow.stream().anyMatch(pattern -> pattern.matches(name)));
  }
}
