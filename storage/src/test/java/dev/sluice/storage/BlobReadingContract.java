package dev.sluice.storage;

import static dev.sluice.storage.WrittenBlobs.LARGE;
import static dev.sluice.storage.WrittenBlobs.assertNone;
import static dev.sluice.storage.WrittenBlobs.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.BlobStore.AtRest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is in a store can be read from any byte on, shown and dropped. */
interface BlobReadingContract {

  /** An empty store, the same during one test. */
  BlobStore store();

  @Test
  default void aBlobCanBeReadFromAnyByteOn() throws IOException {
    GeneratedBlob blob = new GeneratedBlob(LARGE);
    Digest digest = write(store(), blob);

    for (long offset : new long[] {1, 65_535, 8 << 20, (16 << 20) - 1, LARGE - 1}) {
      try (InputStream rest = store().open(digest, offset)) {
        int within = (int) (offset % (64 << 10));
        byte[] expected = blob.blockAt(offset - within).array();
        assertThat(rest.read()).as("at %d", offset).isEqualTo(expected[within] & 0xff);
        long skipped = rest.skip(Long.MAX_VALUE);
        assertThat(skipped).isEqualTo(LARGE - offset - 1);
      }
    }
    assertThat(store().open(digest, LARGE).readAllBytes()).isEmpty();
  }

  @Test
  default void whoReadsADroppedBlobReadsOnOrHearsOfIt() throws IOException {
    GeneratedBlob blob = new GeneratedBlob(LARGE);
    Digest digest = write(store(), blob);
    try (InputStream reader = store().open(digest, 0)) {
      reader.read();
      assertThat(store().delete(digest)).isTrue();
      try {
        assertThat(reader.readAllBytes()).hasSize((int) LARGE - 1);
      } catch (IOException heard) {
        assertThat(heard).hasMessageContaining(digest.toString());
      }
    }

    assertNone(store(), digest);
  }

  @Test
  default void everyBlobIsShown() throws IOException {
    List<Digest> written = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] bytes = ("layer " + i).getBytes(StandardCharsets.UTF_8);
      written.add(write(store(), bytes));
    }
    store().delete(written.removeFirst());

    List<AtRest> shown = new ArrayList<>();
    store().each(shown::add);

    assertThat(shown).extracting(AtRest::digest).containsExactlyInAnyOrderElementsOf(written);
    assertThat(shown).extracting(AtRest::bytes).containsOnly(7L, 8L);
  }
}
