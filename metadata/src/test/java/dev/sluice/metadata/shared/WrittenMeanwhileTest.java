package dev.sluice.metadata.shared;

import static dev.sluice.metadata.Samples.NOON;
import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.Answers;
import dev.sluice.metadata.FailedCheck;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.TagEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What pulls write while the authority fails. */
class WrittenMeanwhileTest {

  private static final RepositoryName ALPINE = repository("docker-hub/library/alpine");
  private static final Account HUB = new Account("registry-1.docker.io", Optional.empty());

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  private Metadata node() {
    return shared.metadata();
  }

  private Metadata held() {
    return shared.authority().held();
  }

  @Test
  void whatPullsWroteWithoutTheAuthorityIsToldInTheEnd() throws Exception {
    shared.authority().breakDown();
    writeAsPullsDo();
    assertThat(shared.health().waitingWrites()).isEqualTo(7);
    assertThat(Answers.of(held().repositories().all())).isEmpty();

    shared.authority().recover();
    shared.beat();
    FreshlyShared.await(() -> shared.health().waitingWrites() == 0);

    Instant pulled = NOON.plusSeconds(60);
    assertThat(Answers.of(held().catalog().images(ALPINE)))
        .containsExactly(image("image", sized("layer", 7)).pulled(pulled));
    assertThat(Answers.of(held().catalog().member(ALPINE, digest("layer"))))
        .get()
        .extracting(Member::vouched)
        .isEqualTo(true);
    assertThat(Answers.of(held().tags().find(ALPINE, tag("latest"))))
        .contains(entry("image").confirmed(NOON.plusSeconds(9)));
    assertThat(Answers.of(held().tags().find(ALPINE, tag("old"))).orElseThrow().failed())
        .isPresent();
    assertThat(Answers.of(held().rateLimits().find(HUB)))
        .contains(new RateLimit(Optional.empty(), NOON, Instant.EPOCH, 1));
  }

  private void writeAsPullsDo() throws Exception {
    Answers.of(held().tags().point(ALPINE, tag("old"), entry("image")));
    Answers.of(shared.copy().tags().point(ALPINE, tag("old"), entry("image")));
    Answers.of(node().catalog().keep(made(ALPINE), image("image", sized("layer", 7))));
    Answers.of(node().catalog().pulled(ALPINE, digest("image"), NOON.plusSeconds(60)));
    Answers.of(node().catalog().admit(ALPINE, Member.vouched(digest("layer"))));
    Answers.of(node().tags().point(ALPINE, tag("latest"), entry("image")));
    Answers.of(node().tags().confirm(ALPINE, tag("latest"), NOON.plusSeconds(9)));
    Answers.of(node().tags().failed(ALPINE, tag("old"), new FailedCheck(NOON, "down", NOON)));
    Answers.of(
        node()
            .rateLimits()
            .amend(
                HUB,
                known ->
                    new RateLimit(Optional.empty(), NOON, Instant.EPOCH, known.refusals() + 1)));
  }

  @Test
  void ofATagThatTwoNodesCheckedTheLaterCheckCounts() throws Exception {
    shared.authority().breakDown();
    Answers.of(node().tags().point(ALPINE, tag("old"), entry("here")));
    TagEntry later = new TagEntry(digest("new"), "type", NOON.plusSeconds(2));
    Answers.of(node().tags().point(ALPINE, tag("new"), later));
    TagEntry elsewhere = new TagEntry(digest("elsewhere"), "type", NOON.plusSeconds(1));
    for (String name : List.of("old", "new")) {
      Answers.of(held().tags().point(ALPINE, tag(name), elsewhere));
    }

    shared.authority().recover();
    shared.beat();
    FreshlyShared.await(() -> shared.health().waitingWrites() == 0);

    assertThat(Answers.of(held().tags().find(ALPINE, tag("old")))).contains(elsewhere);
    assertThat(Answers.of(held().tags().find(ALPINE, tag("new")))).contains(later);
  }

  @Test
  void whatWaitsIsAnsweredThoughTheAuthorityDoesNotKnowIt() throws Exception {
    Answers.of(node().tags().point(ALPINE, tag("latest"), entry("first")));
    shared.authority().failAt("point");
    TagEntry second = new TagEntry(digest("second"), "type", NOON.plusSeconds(1));
    Answers.of(node().tags().point(ALPINE, tag("latest"), second));
    Answers.of(node().tags().point(ALPINE, tag("other"), second));

    assertThat(shared.health().isSpared()).isFalse();
    assertThat(Answers.of(node().tags().find(ALPINE, tag("latest")))).contains(second);
    assertThat(Answers.of(node().tags().find(ALPINE, tag("other")))).contains(second);
    assertThat(Answers.of(node().tags().tags(ALPINE))).hasSize(2);
    assertThat(Answers.of(held().tags().find(ALPINE, tag("other")))).isEmpty();
  }
}
