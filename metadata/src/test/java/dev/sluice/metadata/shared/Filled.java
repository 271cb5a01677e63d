package dev.sluice.metadata.shared;

import static dev.sluice.metadata.Samples.NOON;
import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.fullRepository;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static dev.sluice.metadata.Samples.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Account;
import dev.sluice.metadata.Answers;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.RepositoryName;
import java.time.Instant;
import java.util.Optional;

/** A little of everything. */
final class Filled {

  static final RepositoryName ALPINE = repository("docker-hub/library/alpine");
  static final Account HUB = new Account("registry-1.docker.io", Optional.empty());
  static final RateLimit LIMIT = new RateLimit(Optional.empty(), NOON, Instant.EPOCH, 3);

  private Filled() {}

  static void fill(Metadata side) throws Exception {
    Answers.of(side.rules().create(stored("quay", "quay.io")));
    Answers.of(side.templates().create(template("team")));
    Answers.of(side.repositories().create(fullRepository(ALPINE.value())));
    Answers.of(side.catalog().keep(made(ALPINE), image("image", sized("layer", 7))));
    Answers.of(side.catalog().admit(ALPINE, Member.vouched(digest("layer"))));
    Answers.of(side.catalog().pulled(ALPINE, digest("image"), NOON));
    Answers.of(side.tags().point(ALPINE, tag("latest"), entry("image")));
    Answers.of(side.rateLimits().amend(HUB, _ -> LIMIT));
  }

  static void assertFilled(Metadata side) throws Exception {
    assertThat(Answers.of(side.rules().all())).containsExactly(stored("quay", "quay.io"));
    assertThat(Answers.of(side.templates().all())).containsExactly(template("team"));
    assertThat(Answers.of(side.repositories().all()))
        .containsExactly(fullRepository(ALPINE.value()));
    assertThat(Answers.of(side.catalog().images(ALPINE)))
        .containsExactly(image("image", sized("layer", 7)).pulled(NOON));
    assertThat(Answers.of(side.catalog().image(ALPINE, digest("image")))).isPresent();
    assertThat(Answers.of(side.catalog().member(ALPINE, digest("layer"))).map(Member::vouched))
        .contains(true);
    assertThat(Answers.of(side.tags().all(ALPINE))).containsOnlyKeys(tag("latest"));
    assertThat(Answers.of(side.tags().tags(ALPINE))).containsExactly(tag("latest"));
    assertThat(Answers.of(side.tags().find(ALPINE, tag("latest")))).contains(entry("image"));
    assertThat(Answers.of(side.rateLimits().all())).containsEntry(HUB, LIMIT);
  }

  static void assertEmpty(Metadata side) throws Exception {
    assertThat(Answers.of(side.rules().all())).isEmpty();
    assertThat(Answers.of(side.templates().all())).isEmpty();
    assertThat(Answers.of(side.repositories().all())).isEmpty();
    assertThat(Answers.of(side.tags().all(ALPINE))).isEmpty();
  }
}
