package dev.sluice.metadata.shared;

import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.shared.Turns.Moment;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CopyTest {

  private static final RepositoryName ALPINE = repository("alpine");
  private static final TagPlace LATEST = new TagPlace(ALPINE, tag("latest"));

  @RegisterExtension private final FreshlyShared shared = new FreshlyShared();

  private Metadata metadata;
  private Copy copy;

  @BeforeEach
  void open() throws Exception {
    metadata = shared.open("another");
    copy = new Copy(metadata);
  }

  @AfterEach
  void close() {
    copy.close();
  }

  private void drop(Place<?> place) throws Exception {
    Answers.of(copy.change(place.life(), to -> place.drop(to).mapEmpty()));
  }

  private boolean isKnown() throws Exception {
    copy.close();
    return Answers.of(metadata.tags().find(ALPINE, LATEST.tag())).isPresent();
  }

  @Test
  void anAnswerIsCopied() throws Exception {
    copy.learn(copy.now(), LATEST, entry("image"));

    assertThat(isKnown()).isTrue();
  }

  @Test
  void anAnswerThatAChangeOvertookIsNotCopied() throws Exception {
    Moment before = copy.now();
    Answers.of(copy.change(LATEST, to -> to.tags().point(ALPINE, LATEST.tag(), entry("new"))));
    copy.learn(before, LATEST, entry("old"));
    copy.unlearn(before, LATEST);

    assertThat(isKnown()).isTrue();
    assertThat(Answers.of(metadata.tags().find(ALPINE, LATEST.tag()))).contains(entry("new"));
  }

  @Test
  void neitherAnAnswerNorAPullBringsBackWhatWasDroppedMeanwhile() throws Exception {
    for (Place<?> dropped : List.of(LATEST, new RepositoryPlace(ALPINE))) {
      Moment before = copy.now();
      drop(dropped);
      copy.learn(before, LATEST, entry("image"));
      Answers.of(copy.changeSince(before, LATEST, to -> LATEST.put(to, entry("image"))));
    }

    assertThat(isKnown()).isFalse();
  }

  @Test
  void onePullDoesNotKeepAnotherFromBeingCopied() throws Exception {
    Moment before = copy.now();
    TagPlace other = new TagPlace(ALPINE, tag("other"));
    Answers.of(
        copy.change(new RepositoryPlace(ALPINE), to -> to.repositories().create(made(ALPINE))));
    Answers.of(copy.changeSince(before, other, to -> other.put(to, entry("image"))));
    drop(other);
    Answers.of(copy.changeSince(before, LATEST, to -> LATEST.put(to, entry("image"))));

    assertThat(isKnown()).isTrue();
  }

  @Test
  void whatIsOnlyCopiedComesAfterWhatIsWaitedFor() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    List<String> order = new ArrayList<>();
    copy.change(
        "busy",
        _ -> {
          try {
            busy.await();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
          return Future.succeededFuture();
        });
    copy.learn(copy.now(), LATEST, entry("image"));
    for (String each : List.of("first", "second")) {
      copy.change(
          each,
          to -> {
            order.add(
                each + (to.tags().find(ALPINE, LATEST.tag()).result().isPresent() ? "!" : ""));
            return Future.succeededFuture();
          });
    }
    busy.countDown();

    assertThat(isKnown()).isTrue();
    assertThat(order).containsExactly("first", "second");
  }
}
