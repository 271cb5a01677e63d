package dev.sluice.deploy.config;

import dev.sluice.metadata.Filter;
import dev.sluice.metadata.NamePattern;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads patterns of names, and the filters that are made of them. */
final class Patterns {

  static final Form<NamePattern> TAG =
      pattern("tags", "and . _ -, such as v1.*", "[A-Za-z0-9._*-]{1,128}");
  static final Form<NamePattern> REPOSITORY =
      pattern(
          "upstream's repositories",
          "in lower case and . _ - /, such as library/*, without the rule's prefix",
          "[a-z0-9._/*-]{1,128}");

  private Patterns() {}

  /** A mapping of {@code allow} and {@code deny}; one that lets all through where there is none. */
  static Filter filter(Entry entry, Form<NamePattern> form) {
    if (!entry.isPresent()) {
      return Filter.NONE;
    }
    Section section = entry.section();
    Filter filter = new Filter(list(section.at("allow"), form), list(section.at("deny"), form));
    section.done();
    return filter;
  }

  /** An empty list of what is allowed would let all through, which hardly anybody means by it. */
  private static List<NamePattern> list(Entry entry, Form<NamePattern> form) {
    List<Entry> items = entry.items();
    if (entry.isPresent() && items.isEmpty()) {
      entry.wrong("is an empty list", "patterns; without the key every name is let through");
    }
    return items.stream().flatMap(item -> item.as(form).stream()).toList();
  }

  private static Form<NamePattern> pattern(String of, String characters, String grammar) {
    Pattern compiled = Pattern.compile(grammar);
    return new Form<>(
        "a pattern of " + of,
        "up to 128 letters, digits, * for any characters, " + characters,
        text -> Optional.of(text).filter(t -> compiled.matcher(t).matches()).map(NamePattern::new));
  }
}
