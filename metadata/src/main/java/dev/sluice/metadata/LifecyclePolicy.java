package dev.sluice.metadata;

import dev.sluice.storage.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which images of a repository are dropped, and when, as ECR's lifecycle policies say (their
 * evaluation rules: docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html).
 *
 * @param rules in the order of their priorities, each of which is another
 */
public record LifecyclePolicy(List<LifecycleRule> rules) {

  private static final Comparator<LifecycleImage> NEWEST_FIRST =
      Comparator.comparing(LifecycleImage::pushedAt)
          .reversed()
          .thenComparing(image -> image.digest().toString());

  /** Puts the rules in order. */
  public LifecyclePolicy {
    rules = rules.stream().sorted(Comparator.comparingInt(LifecycleRule::priority)).toList();
  }

  /** What came of reading a policy's text. */
  public sealed interface Parsed {

    /** It is a policy. */
    record Policy(LifecyclePolicy policy) implements Parsed {}

    /**
     * It is none.
     *
     * @param message a sentence for people, without a full stop
     */
    record Mistake(String message) implements Parsed {}
  }

  /**
   * An image that is to be dropped.
   *
   * @param rulePriority of the rule that says so
   */
  public record Expiry(Digest digest, int rulePriority) {}

  /** Reads a policy in ECR's JSON form. */
  public static Parsed parse(String text) {
    return new LifecycleReader().read(text);
  }

  /**
   * The images of a repository that are to be dropped now, in the order of the rules, the oldest
   * first. What an image that is here lists is not looked at: it goes after that image at the
   * earliest, and does not take the place of what people pulled.
   *
   * @param images all that the repository holds
   */
  public List<Expiry> expiring(List<LifecycleImage> images, Instant now) {
    Set<Digest> listed =
        images.stream().flatMap(image -> image.lists().stream()).collect(Collectors.toSet());
    List<LifecycleImage> free =
        images.stream()
            .filter(image -> !listed.contains(image.digest()))
            .sorted(NEWEST_FIRST)
            .toList();
    List<Expiry> expiring = new ArrayList<>();
    Set<LifecycleImage> seen = new HashSet<>();
    for (LifecycleRule rule : rules) {
      // What an earlier rule has seen it alone may drop, but here it counts like any other.
      List<LifecycleImage> selected = free.stream().filter(rule.selection()::selects).toList();
      rule.limit().beyond(selected, now).reversed().stream()
          .filter(image -> !seen.contains(image))
          .forEach(image -> expiring.add(new Expiry(image.digest(), rule.priority())));
      seen.addAll(selected);
    }
    return expiring;
  }
}
