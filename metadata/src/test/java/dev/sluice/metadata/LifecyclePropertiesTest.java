package dev.sluice.metadata;

import static dev.sluice.metadata.Samples.NOON;
import static dev.sluice.metadata.Samples.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.LifecyclePolicy.Expiry;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.storage.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every policy over every repository. */
class LifecyclePropertiesTest {

  private static final List<String> TAGS = List.of("a-1", "a-2", "b-1", "b-2", "c");

  private Random random;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatExpiresIsAllowedToAndIsExpiredByOneRule(long seed) {
    random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      List<LifecycleImage> images = images();
      LifecyclePolicy policy = policy();
      List<Expiry> expiring = policy.expiring(images, NOON);
      List<LifecycleImage> shuffled = new ArrayList<>(images);
      Collections.shuffle(shuffled, random);

      assertThat(policy.expiring(shuffled, NOON)).isEqualTo(expiring);
      assertThat(expiring).extracting(Expiry::digest).doesNotHaveDuplicates();
      for (Expiry expiry : expiring) {
        assertAllowed(expiry, policy, images);
      }
      assertOldestGoFirst(expiring, policy, images);
      assertLeavesEnough(expiring, policy, images);
    }
  }

  private static void assertAllowed(
      Expiry expiry, LifecyclePolicy policy, List<LifecycleImage> images) {
    LifecycleImage image =
        images.stream().filter(each -> each.digest().equals(expiry.digest())).findFirst().get();
    assertThat(images).noneMatch(other -> other.lists().contains(expiry.digest()));
    int first =
        policy.rules().stream()
            .filter(rule -> rule.selection().selects(image))
            .mapToInt(LifecycleRule::priority)
            .min()
            .orElseThrow();
    assertThat(expiry.rulePriority()).isEqualTo(first);
  }

  private static void assertOldestGoFirst(
      List<Expiry> expiring, LifecyclePolicy policy, List<LifecycleImage> images) {
    Map<Digest, LifecycleImage> byDigest =
        images.stream().collect(Collectors.toMap(LifecycleImage::digest, Function.identity()));
    for (LifecycleRule rule : policy.rules()) {
      assertThat(
              expiring.stream()
                  .filter(expiry -> expiry.rulePriority() == rule.priority())
                  .map(expiry -> byDigest.get(expiry.digest()).pushedAt())
                  .toList())
          .isSorted();
    }
  }

  /** A rule that counts leaves as many as it says, or all. */
  private static void assertLeavesEnough(
      List<Expiry> expiring, LifecyclePolicy policy, List<LifecycleImage> images) {
    Set<Digest> gone = expiring.stream().map(Expiry::digest).collect(Collectors.toSet());
    LifecycleRule first = policy.rules().getFirst();
    if (!(first.limit() instanceof LifecycleLimit.MoreThan(int most))) {
      return;
    }
    List<LifecycleImage> selected =
        images.stream()
            .filter(first.selection()::selects)
            .filter(image -> images.stream().noneMatch(o -> o.lists().contains(image.digest())))
            .toList();
    assertThat(selected.stream().filter(image -> !gone.contains(image.digest())).count())
        .isEqualTo(Math.min(most, selected.size()));
  }

  private List<LifecycleImage> images() {
    List<LifecycleImage> images = new ArrayList<>();
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      Set<Digest> lists = new HashSet<>();
      if (i > 0 && random.nextInt(4) == 0) {
        lists.add(images.get(random.nextInt(i)).digest());
      }
      images.add(
          new LifecycleImage(
              digest("image" + i),
              some(TAGS).stream().map(Tag::new).collect(Collectors.toSet()),
              NOON.minus(Duration.ofHours(random.nextInt(200))),
              random.nextBoolean()
                  ? Optional.empty()
                  : Optional.of(NOON.minus(Duration.ofHours(random.nextInt(100)))),
              lists));
    }
    return images;
  }

  private LifecyclePolicy policy() {
    List<LifecycleRule> rules = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      rules.add(new LifecycleRule(1 + 3 * i, Optional.empty(), selection(), limit()));
    }
    Collections.shuffle(rules, random);
    return new LifecyclePolicy(rules);
  }

  private LifecycleSelection selection() {
    return switch (random.nextInt(4)) {
      case 0 -> new LifecycleSelection.Untagged();
      case 1 -> new LifecycleSelection.Any();
      default ->
          new LifecycleSelection.Tagged(
              some(List.of("a*", "b*", "*1", "c")).stream()
                  .map(NamePattern::new)
                  .collect(Collectors.toSet()));
    };
  }

  private LifecycleLimit limit() {
    return switch (random.nextInt(3)) {
      case 0 -> new LifecycleLimit.MoreThan(1 + random.nextInt(3));
      case 1 -> new LifecycleLimit.SincePushed(1 + random.nextInt(7));
      default -> new LifecycleLimit.SincePulled(1 + random.nextInt(4));
    };
  }

  private List<String> some(List<String> all) {
    return all.stream().filter(each -> random.nextInt(3) == 0).toList();
  }
}
