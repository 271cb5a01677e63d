package dev.sluice.gateway.ecr;

import dev.sluice.metadata.RepositoryName;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a text in a request must be like, as ECR's model has it. Lengths are judged first, so that
 * no pattern meets an endless text.
 *
 * @param min characters
 * @param max characters
 * @param pattern for the message; empty where only the length counts
 * @param matches whether a text of a right length is right, in time linear in it
 */
public record Shape(int min, int max, String pattern, Predicate<String> matches) {

  private static final String NAME =
      "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*";
  private static final String PREFIX_PATTERN = "^(" + NAME + "\\/?|ROOT)$";

  public static final Shape REPOSITORY_NAME =
      new Shape(2, RepositoryName.MAX_LENGTH, NAME, Shape::isName);

  /** Of a rule. */
  public static final Shape RULE_PREFIX = new Shape(2, 30, PREFIX_PATTERN, Shape::isPrefix);

  /** Of a creation template. */
  public static final Shape TEMPLATE_PREFIX = new Shape(1, 256, PREFIX_PATTERN, Shape::isPrefix);

  public static final Shape REGISTRY_ID = of(12, 12, "[0-9]{12}");
  public static final Shape CREDENTIAL_ARN =
      of(
          50,
          612,
          "^arn:aws(-\\w+)*:secretsmanager:[a-zA-Z0-9-:]+:secret:ecr\\-pullthroughcache\\/[a-zA-Z0-9\\/_+=.@-]+$");
  public static final Shape ROLE_ARN = length(0, 2048);
  public static final Shape IMAGE_TAG = length(1, 300);
  public static final Shape LAYER_DIGEST = of(1, 1000, "[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+");
  public static final Shape LIFECYCLE_POLICY = length(100, 30_720);
  public static final Shape POLICY = length(0, 10_240);

  /** Digests, media types, ARNs and URLs: the model says no more than that they are text. */
  public static final Shape TEXT = length(0, 4096);

  /** A text of which only the length counts. */
  public static Shape length(int min, int max) {
    return new Shape(min, max, "", text -> true);
  }

  /** A text that matches a regular expression as a whole. */
  public static Shape of(int min, int max, String pattern) {
    return new Shape(min, max, pattern, Pattern.compile(pattern).asMatchPredicate());
  }

  /** The constraint that a text does not meet; empty where it meets all. */
  public Optional<String> objection(String text) {
    if (text.length() < min) {
      return Optional.of("Member must have length greater than or equal to " + min);
    }
    if (text.length() > max) {
      return Optional.of("Member must have length less than or equal to " + max);
    }
    return matches.test(text)
        ? Optional.empty()
        : Optional.of("must satisfy regular expression '" + pattern + '\'');
  }

  private static boolean isName(String text) {
    return RepositoryName.parse(text).isPresent();
  }

  private static boolean isPrefix(String text) {
    String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return text.equals("ROOT") || isName(bare);
  }
}
