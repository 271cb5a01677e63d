package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecordFileTest {

  private static final RepositoryName ALPINE = repository("alpine");

  @TempDir Path folder;

  private RecordFile names;
  private EmbeddedTagIndex tags;

  @BeforeEach
  void open() throws IOException {
    names = new RecordFile(new RecordFileOpening(folder, Contents.NAMES, Embedded.NOON, _ -> {}));
    tags = new EmbeddedTagIndex(names);
  }

  @AfterEach
  void close() {
    names.close();
  }

  @Test
  void whatIsKnownAlreadyIsNotWrittenAgain() throws Exception {
    EmbeddedCatalog catalog = new EmbeddedCatalog(names);
    Answers.of(catalog.admit(ALPINE, sized("layer", 7)));
    long version = version();
    Answers.of(catalog.admit(ALPINE, sized("layer", 7)));
    assertThat(version()).isEqualTo(version);

    Answers.of(catalog.admit(ALPINE, sized("layer", 8)));
    assertThat(version()).isGreaterThan(version);
  }

  private long version() throws Exception {
    return Answers.of(names.read(records -> records.store().getCurrentVersion()));
  }

  @Test
  void aFileThatMvStoreGaveUpIsOpenedAgain() throws Exception {
    Answers.of(tags.point(ALPINE, tag("before"), entry("content")));
    giveUp();
    Answers.of(tags.point(ALPINE, tag("after"), entry("content")));
    giveUp();

    assertThat(Answers.of(tags.find(ALPINE, tag("before")))).contains(entry("content"));
    assertThat(Answers.of(tags.tags(ALPINE))).containsExactly(tag("after"), tag("before"));
  }

  private void giveUp() throws Exception {
    Answers.of(
        names.read(
            records -> {
              records.store().closeImmediately();
              return null;
            }));
  }

  @Test
  void interruptsNeitherLoseChangesNorGetLost() throws Exception {
    Thread tester = Thread.currentThread();
    AtomicBoolean done = new AtomicBoolean();
    Thread interrupter =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!done.get()) {
                    tester.interrupt();
                    Thread.onSpinWait();
                  }
                });
    for (int i = 0; i < 500; i++) {
      assertThat(tags.point(ALPINE, tag("t" + i), entry("content")).succeeded()).isTrue();
    }
    done.set(true);
    boolean interrupted = false;
    while (interrupter.isAlive()) {
      interrupted |= Thread.interrupted();
    }
    interrupted |= Thread.interrupted();

    assertThat(interrupted).isTrue();
    assertThat(Answers.of(tags.tags(ALPINE))).hasSize(500);
  }

  @Test
  void changesDoNotFillTheDisk() throws Exception {
    for (int i = 0; i < 10_000; i++) {
      RepositoryName repository = repository("r" + i % 100);
      Answers.of(tags.point(repository, tag("t" + i), entry("content")));
    }

    // 2.5 MB of records: 6 MB with compaction, 14 MB without, 275 MB with MVStore's grace.
    assertThat(Files.size(folder.resolve("metadata.mv"))).isLessThan(10_000_000);
  }

  @Test
  void aClosedFileAnswersWithAFailure() {
    names.close();
    names.close();

    assertThatThrownBy(() -> Answers.of(tags.find(ALPINE, tag("latest"))))
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> Answers.of(tags.point(ALPINE, tag("latest"), entry("content"))))
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void theSameFolderTwiceInOneProcessIsRefused() {
    assertThatThrownBy(() -> new Embedded(folder).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another node uses this data folder");
  }
}
