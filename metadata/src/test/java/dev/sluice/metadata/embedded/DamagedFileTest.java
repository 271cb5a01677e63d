package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DamagedFileTest {

  private static final RepositoryName ALPINE = repository("alpine");
  private static final String ASIDE = ".damaged-2026-11-23T12-00-00Z";

  @TempDir Path folder;

  @Test
  void garbageIsMovedAsideAndAnEmptyFileBegun() throws Exception {
    byte[] garbage = new byte[50_000];
    new Random(1).nextBytes(garbage);
    Files.write(folder.resolve("metadata.mv"), garbage);

    try (Embedded embedded = new Embedded(folder)) {
      assertUsable(embedded);
      embedded.reopen();
      assertThat(Answers.of(embedded.metadata().tags().tags(ALPINE))).containsExactly(tag("new"));
    }
    assertThat(folder.resolve("metadata.mv" + ASIDE)).hasBinaryContent(garbage);
  }

  @Test
  void aTruncatedFileIsMovedAside() throws Exception {
    byte[] whole = fileWithTags();
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    Files.write(folder.resolve("metadata.mv"), half);

    try (Embedded embedded = new Embedded(folder)) {
      assertUsable(embedded);
    }
    assertThat(folder.resolve("metadata.mv" + ASIDE)).hasBinaryContent(half);
  }

  @Test
  void anEmptyFileIsANewOne() throws Exception {
    Files.createFile(folder.resolve("metadata.mv"));

    try (Embedded embedded = new Embedded(folder)) {
      assertUsable(embedded);
    }
    assertThat(folder.resolve("metadata.mv" + ASIDE)).doesNotExist();
  }

  @Test
  void rulesOutliveTheLossOfNames() throws Exception {
    try (Embedded embedded = new Embedded(folder)) {
      Answers.of(embedded.metadata().rules().create(stored("quay", "quay.io")));
    }
    Files.writeString(folder.resolve("metadata.mv"), "no longer a file of records");

    try (Embedded embedded = new Embedded(folder)) {
      assertThat(Answers.of(embedded.metadata().rules().all()))
          .containsExactly(stored("quay", "quay.io"));
    }
  }

  @Test
  void namesOutliveTheLossOfRules() throws Exception {
    fileWithTags();
    Files.writeString(folder.resolve("rules.mv"), "no longer a file of records");

    try (Embedded embedded = new Embedded(folder)) {
      assertThat(Answers.of(embedded.metadata().tags().tags(ALPINE))).hasSize(2_000);
      assertThat(Answers.of(embedded.metadata().rules().all())).isEmpty();
    }
    assertThat(folder.resolve("rules.mv" + ASIDE)).exists();
  }

  @Test
  void aFileThatMayNotBeReadIsRefusedAndStaysWhereItIs() throws Exception {
    Files.createDirectory(folder.resolve("metadata.mv"));

    assertThatThrownBy(() -> new Embedded(folder).close()).isInstanceOf(IOException.class);
    assertThat(folder.resolve("metadata.mv")).isDirectory();
  }

  @Test
  void noDamageKeepsMetadataFromOpening() throws Exception {
    byte[] whole = fileWithTags();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 150; i++) {
      Files.write(folder.resolve("metadata.mv"), damage(whole, random));
      try (Embedded embedded = new Embedded(folder)) {
        for (int t = 0; t < 2_000; t += 97) {
          Answers.of(embedded.metadata().tags().find(ALPINE, tag("t" + t)));
        }
        assertUsable(embedded);
      } catch (Exception | AssertionError failure) {
        throw new AssertionError("seed " + seed + ", round " + i, failure);
      }
    }
  }

  private static byte[] damage(byte[] whole, Random random) {
    byte[] damaged = whole.clone();
    int from = random.nextInt(whole.length);
    int length = 1 + random.nextInt(Math.min(20_000, whole.length - from));
    switch (random.nextInt(4)) {
      case 0 -> damaged = Arrays.copyOf(whole, from);
      case 1 -> Arrays.fill(damaged, from, from + length, (byte) 0);
      case 2 -> damaged[from] ^= (byte) (1 << random.nextInt(8));
      default -> {
        byte[] garbage = new byte[length];
        random.nextBytes(garbage);
        System.arraycopy(garbage, 0, damaged, from, length);
      }
    }
    return damaged;
  }

  private byte[] fileWithTags() throws Exception {
    try (Embedded embedded = new Embedded(folder)) {
      for (int i = 0; i < 2_000; i++) {
        Answers.of(embedded.metadata().tags().point(ALPINE, tag("t" + i), entry("image" + i)));
      }
    }
    return Files.readAllBytes(folder.resolve("metadata.mv"));
  }

  private static void assertUsable(Embedded embedded) throws Exception {
    Answers.of(embedded.metadata().tags().point(ALPINE, tag("new"), entry("new")));
    assertThat(Answers.of(embedded.metadata().tags().find(ALPINE, tag("new"))))
        .contains(entry("new"));
  }
}
