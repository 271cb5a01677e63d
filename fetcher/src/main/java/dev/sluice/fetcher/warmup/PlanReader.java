package dev.sluice.fetcher.warmup;

import dev.sluice.fetcher.WarmUpRequest;
import dev.sluice.fetcher.WarmUps;
import dev.sluice.metadata.NamePattern;
import dev.sluice.metadata.Platform;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.RuleTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads one request, and finds everything that is wrong with it. */
public final class PlanReader {

  private static final String ALL = "all";
  private static final int MOST_MISTAKES = 100;
  private static final int MOST_PATTERNS = 100;
  private static final int LONGEST_QUOTE = 100;

  private final RuleTable rules;
  private final Function<ImageName, Optional<String>> objection;
  private final List<String> mistakes = new ArrayList<>();

  /** What came of reading. */
  public sealed interface Reading {}

  /** It can be done. */
  public record Read(Plan plan) implements Reading {}

  /** It cannot; a sentence for each mistake. */
  public record Wrong(List<String> mistakes) implements Reading {}

  /**
   * @param objection what the rules have against an image
   */
  public PlanReader(RuleTable rules, Function<ImageName, Optional<String>> objection) {
    this.rules = rules;
    this.objection = objection;
  }

  /** Reads a request; once. */
  public Reading read(WarmUpRequest request) {
    Optional<Platforms> platforms = platforms(request.platforms());
    Plan plan =
        request.rule().isPresent()
            ? catalogue(request, request.rule().get(), platforms)
            : images(request, platforms);
    return mistakes.isEmpty() ? new Read(plan) : new Wrong(told());
  }

  private Plan images(WarmUpRequest request, Optional<Platforms> platforms) {
    if (!request.repositories().isEmpty() || !request.tags().isEmpty()) {
      mistakes.add("repositories and tags are patterns that go with a rule, not with images");
    }
    List<String> texts = request.images();
    if (texts.isEmpty()) {
      mistakes.add("nothing is wanted: give images, or a rule");
    }
    if (texts.size() > WarmUps.MOST_IMAGES) {
      mistakes.add(
          texts.size() + " images are too many: at most " + WarmUps.MOST_IMAGES + "; post parts");
      return new Plan.Images(List.of(), platforms);
    }
    Set<ImageName> images = new LinkedHashSet<>();
    for (int i = 0; i < texts.size(); i++) {
      image("images[" + i + "]: ", texts.get(i)).ifPresent(images::add);
    }
    return new Plan.Images(List.copyOf(images), platforms);
  }

  private Optional<ImageName> image(String where, String text) {
    Optional<ImageName> image = ImageName.parse(text);
    Optional<String> mistake =
        image.isEmpty()
            ? Optional.of(
                quoted(text)
                    + " is not an image of this node; write one as in"
                    + " docker-hub/library/alpine:3.20, without the node's address")
            : objection.apply(image.get());
    mistake.ifPresent(why -> mistakes.add(where + why));
    return image;
  }

  private Plan catalogue(WarmUpRequest request, String rule, Optional<Platforms> platforms) {
    if (!request.images().isEmpty()) {
      mistakes.add("give images or a rule, not both");
    }
    if (rules.rules().stream().noneMatch(known -> known.prefix().equals(rule))) {
      String known = rules.rules().stream().map(Rule::prefix).collect(Collectors.joining(", "));
      mistakes.add("there is no rule " + quoted(rule) + "; there are: " + known);
    }
    return new Plan.Catalogue(
        rule,
        patterns("repositories", request.repositories()),
        patterns("tags", request.tags()),
        platforms);
  }

  private List<NamePattern> patterns(String key, List<String> texts) {
    return each(
        key, texts, NamePattern::parse, " is not a pattern: letters, digits and . _ - / and *");
  }

  private Optional<Platforms> platforms(List<String> texts) {
    if (texts.equals(List.of(ALL))) {
      return Optional.of(new Platforms.All());
    }
    String advice = " is not a platform such as linux/amd64; all stands alone";
    List<Platform> read = each("platforms", texts, Platform::parse, advice);
    return read.isEmpty() ? Optional.empty() : Optional.of(new Platforms.Only(read));
  }

  private <T> List<T> each(
      String key, List<String> texts, Function<String, Optional<T>> parse, String advice) {
    if (texts.size() > MOST_PATTERNS) {
      mistakes.add(key + " has more than " + MOST_PATTERNS + " entries");
      return List.of();
    }
    List<T> read = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Optional<T> one = parse.apply(texts.get(i));
      one.ifPresent(read::add);
      if (one.isEmpty()) {
        mistakes.add(key + "[" + i + "]: " + quoted(texts.get(i)) + advice);
      }
    }
    return read;
  }

  private List<String> told() {
    int more = mistakes.size() - MOST_MISTAKES;
    if (more <= 0) {
      return List.copyOf(mistakes);
    }
    List<String> first = new ArrayList<>(mistakes.subList(0, MOST_MISTAKES));
    first.add("and " + more + " more mistakes");
    return first;
  }

  /** Somebody's text within a line for people. */
  private static String quoted(String text) {
    StringBuilder safe = new StringBuilder("\"");
    text.chars()
        .limit(LONGEST_QUOTE)
        .forEach(c -> safe.append(c >= ' ' && c <= '~' && c != '"' ? (char) c : '?'));
    return safe.append(text.length() > LONGEST_QUOTE ? "...\"" : "\"").toString();
  }
}
