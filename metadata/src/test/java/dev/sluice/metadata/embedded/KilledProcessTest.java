package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.sized;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static dev.sluice.metadata.embedded.WriterProcess.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KilledProcessTest {

  @RepeatedTest(3)
  void whatWasKeptBeforeAKillIsThereAfterIt(@TempDir Path folder) throws Exception {
    int last;
    try (WriterProcess writer = new WriterProcess(folder)) {
      writer.awaitRound(400);
      last = writer.kill();
    }

    try (Embedded embedded = new Embedded(folder)) {
      assertThat(last).isGreaterThanOrEqualTo(400);
      for (int round = 0; round <= last; round++) {
        assertKept(embedded.metadata(), round);
      }
      assertWholeOrAbsent(embedded.metadata().catalog(), last + 1);
      assertThat(Answers.of(embedded.metadata().rules().all()))
          .contains(stored("rule" + last % 10, "quay.io:" + (last + 1)));
      assertThat(embedded.undecodable()).isEmpty();
    }
    assertThat(damaged(folder)).isZero();
  }

  @Test
  void aFolderThatAnotherProcessUsesIsRefusedUntilItEnds(@TempDir Path folder) throws Exception {
    try (WriterProcess writer = new WriterProcess(folder)) {
      writer.awaitRound(0);

      assertThatThrownBy(() -> new Embedded(folder).close())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another node uses this data folder")
          .hasMessageContaining(folder.toString());
      writer.kill();
    }

    try (Embedded embedded = new Embedded(folder)) {
      assertKept(embedded.metadata(), 0);
    }
    assertThat(damaged(folder)).isZero();
  }

  private static void assertKept(EmbeddedMetadata metadata, int round) throws Exception {
    Catalog catalog = metadata.catalog();
    assertThat(Answers.of(catalog.image(REPOSITORY, digest("image" + round))))
        .contains(WriterProcess.imageOf(round));
    assertThat(Answers.of(catalog.member(REPOSITORY, digest("layer" + round))))
        .contains(sized("layer" + round, round));
    assertThat(Answers.of(metadata.tags().find(REPOSITORY, tag("t" + round))))
        .contains(entry("image" + round));
  }

  private static void assertWholeOrAbsent(Catalog catalog, int round) throws Exception {
    Optional<?> image = Answers.of(catalog.image(REPOSITORY, digest("image" + round)));
    for (String content : new String[] {"image", "config", "layer"}) {
      assertThat(Answers.of(catalog.member(REPOSITORY, digest(content + round))).isPresent())
          .as(content)
          .isEqualTo(image.isPresent());
    }
  }

  private static long damaged(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().contains("damaged")).count();
    }
  }
}
