package dev.sluice.metadata;

import static dev.sluice.metadata.LifecycleSamples.by;
import static dev.sluice.metadata.LifecycleSamples.image;
import static dev.sluice.metadata.LifecycleSamples.listing;
import static dev.sluice.metadata.LifecycleSamples.policy;
import static dev.sluice.metadata.LifecycleSamples.pulled;
import static dev.sluice.metadata.LifecycleSamples.rule;
import static dev.sluice.metadata.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.LifecyclePolicy.Expiry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What policies expire; the first four are the examples of the AWS documentation. */
class LifecyclePolicyTest {

  private static void assertExpires(
      LifecyclePolicy policy, List<LifecycleImage> images, Expiry... expected) {
    assertThat(policy.expiring(images, NOON)).containsExactly(expected);
    assertThat(policy.expiring(images.reversed(), NOON)).containsExactly(expected);
  }

  private static final String TAGGED = "'tagStatus':'tagged','tagPrefixList':[%s],";
  private static final String KEEP_ONE = "'countType':'imageCountMoreThan','countNumber':1";

  private static final List<LifecycleImage> PROD_AND_BETA =
      List.of(
          image("A", 10, "beta-1", "prod-1"),
          image("B", 9, "beta-2", "prod-2"),
          image("C", 8, "beta-3"));

  @Test
  void whatAnEarlierRuleHasSeenALaterOneCountsButDoesNotExpire() {
    assertExpires(
        policy(
            rule(1, TAGGED.formatted("'prod'") + KEEP_ONE),
            rule(2, TAGGED.formatted("'beta'") + KEEP_ONE)),
        PROD_AND_BETA,
        by(1, "A"));
  }

  @Test
  void theRuleOfTheLowerNumberComesFirstWhereverItStands() {
    assertExpires(
        policy(
            rule(2, TAGGED.formatted("'prod'") + KEEP_ONE),
            rule(1, TAGGED.formatted("'beta'") + KEEP_ONE)),
        PROD_AND_BETA,
        by(1, "A"),
        by(1, "B"));
  }

  @Test
  void anImageMustHaveTagsOfAllPrefixes() {
    assertExpires(
        policy(
            rule(
                1,
                TAGGED.formatted("'alpha','beta'")
                    + "'countType':'sinceImagePushed','countNumber':5,'countUnit':'days'")),
        List.of(
            image("A", 12, "alpha-1"),
            image("B", 11, "beta-1"),
            image("C", 10, "alpha-2", "beta-2"),
            image("D", 4, "alpha-3"),
            image("E", 3, "beta-3"),
            image("F", 2, "alpha-4", "beta-4")),
        by(1, "C"));
  }

  @Test
  void furtherTagsDoNotHinder() {
    assertExpires(
        policy(rule(1, TAGGED.formatted("'alpha','beta'") + KEEP_ONE)),
        List.of(
            image("A", 10, "alpha-1", "beta-1", "gamma-1"),
            image("B", 9, "alpha-2", "beta-2"),
            image("C", 8, "alpha-3", "beta-3", "gamma-2")),
        by(1, "A"),
        by(1, "B"));
  }

  @Test
  void whatAnEarlierRuleHasSeenStillTakesAPlace() {
    assertExpires(
        policy(
            rule(1, TAGGED.formatted("'prod'") + KEEP_ONE),
            rule(9, "'tagStatus':'any'," + KEEP_ONE)),
        List.of(image("old", 9, "x"), image("new", 1, "prod-1")),
        by(9, "old"));
  }

  @Test
  void patternsMatchWholeTags() {
    LifecyclePolicy policy =
        policy(rule(1, "'tagStatus':'tagged','tagPatternList':['*rc*','v1']," + KEEP_ONE));
    assertExpires(
        policy,
        List.of(
            image("A", 9, "1-rc2", "v1"), image("B", 8, "rc", "v1"), image("C", 7, "rc", "v10")),
        by(1, "A"));
  }

  @Test
  void aDayLessASecondIsNotYetTooOld() {
    LifecyclePolicy policy =
        policy(
            rule(
                1,
                "'tagStatus':'untagged','countType':'sinceImagePushed','countUnit':'days',"
                    + "'countNumber':3"));
    List<LifecycleImage> images = List.of(image("A", 3), image("tagged", 99, "x"));

    assertThat(policy.expiring(images, NOON)).isEmpty();
    assertThat(policy.expiring(images, NOON.plusNanos(1))).containsExactly(by(1, "A"));
  }

  @Test
  void whatWasNeverPulledIsAsOldAsItsPush() {
    assertExpires(
        policy(
            rule(
                1,
                "'tagStatus':'any','countType':'sinceImagePulled','countUnit':'days',"
                    + "'countNumber':5")),
        List.of(
            pulled(image("A", 90), 2),
            pulled(image("B", 90), 6),
            image("C", 4),
            image("D", 7, "x")),
        by(1, "B"),
        by(1, "D"));
  }

  @Test
  void whatAnIndexListsStaysWithItAndTakesNobodysPlace() {
    LifecyclePolicy policy = policy(rule(1, "'tagStatus':'any'," + KEEP_ONE));
    LifecycleImage index = listing(image("index", 5, "latest"), "amd64", "arm64");
    List<LifecycleImage> images =
        List.of(index, image("amd64", 4), image("arm64", 4, "own-tag"), image("older", 6));

    assertExpires(policy, images, by(1, "older"));
  }

  @Test
  void onceItsIndexIsGoneAChildIsAnImageLikeOthers() {
    LifecyclePolicy policy = policy(rule(1, "'tagStatus':'untagged'," + KEEP_ONE));
    LifecycleImage index = listing(image("index", 9), "amd64");
    assertExpires(policy, List.of(index, image("amd64", 8), image("new", 1)), by(1, "index"));

    assertExpires(policy, List.of(image("amd64", 8), image("new", 1)), by(1, "amd64"));
  }

  @Test
  void theSamePushTimeIsNoMatterOfLuck() {
    List<LifecycleImage> images = List.of(image("A", 1), image("B", 1), image("C", 1));
    LifecyclePolicy policy = policy(rule(1, "'tagStatus':'any'," + KEEP_ONE));

    assertThat(policy.expiring(images, NOON))
        .hasSize(2)
        .isEqualTo(policy.expiring(images.reversed(), NOON));
  }

  @Test
  void nothingExpiresOfNothing() {
    assertExpires(policy(rule(1, "'tagStatus':'any'," + KEEP_ONE)), List.of());
  }
}
