package dev.sluice.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.Digest;
import dev.sluice.storage.GeneratedBlob;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a whole process does: a blob of {@code sluice.test.blobMiB} (70) in a small heap, and death
 * in the middle of {@code sluice.test.kills} (3) uploads.
 */
class S3ProcessTest {

  private static final long MIB = Long.getLong("sluice.test.blobMiB", 70);
  private static final int KILLS = Integer.getInteger("sluice.test.kills", 3);

  /** Two parts, what the SDK needs, and little else. */
  private static final List<String> SMALL = List.of("-Xmx48m", "-XX:+UseSerialGC");

  private static final List<String> QUICK = List.of("-Xmx128m", "-XX:TieredStopAtLevel=1");

  @TempDir Path folder;
  private S3Server server;
  private S3Settings settings;
  private S3BlobStore store;

  @BeforeEach
  void open() throws Exception {
    server = S3Server.start(folder);
    settings = server.bucket();
    store = new S3BlobStore(settings);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
    server.close();
  }

  @Test
  void aLargeBlobNeedsLittleMemory() throws Exception {
    GeneratedBlob blob = new GeneratedBlob((MIB << 20) + 1);
    Process upload = UploadProcess.start(settings, blob, SMALL);
    try (BufferedReader said = upload.inputReader()) {
      List<String> lines = said.lines().toList();

      assertThat(upload.waitFor()).isZero();
      assertThat(lines.get(lines.size() - 2)).startsWith("Right[]");
      System.out.println(MIB + " MiB: " + lines.get(lines.size() - 2) + ", " + lines.getLast());
    } finally {
      upload.destroyForcibly().waitFor();
    }
    Digest digest = blob.digest();
    assertThat(store.find(digest)).hasValue(blob.size());
    assertThat(GeneratedBlob.digestOf(store.open(digest, 0))).isEqualTo(digest);
    assertThat(S3Server.unfinished(settings)).isZero();
  }

  @Test
  void ofAProcessThatIsKilledNothingShowsAndNothingIsLeft() throws Exception {
    GeneratedBlob blob = new GeneratedBlob(64 << 20);
    Digest digest = blob.digest();
    Random random = new Random(11);
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(2));
    for (int i = 0; i < KILLS; i++) {
      kill(blob, 9 + random.nextInt(30));
      boolean wasThere = store.delete(digest);

      assertThat(wasThere).isFalse();
      assertThat(S3Server.unfinished(settings)).isOne();
      assertThat(new Janitor(store, later).clear()).isOne();
      assertThat(S3Server.unfinished(settings)).isZero();
    }
    store.each(shown -> assertThat(shown).isNull());
  }

  /** Kills an upload when it has written so much, with a part on its way. */
  private void kill(GeneratedBlob blob, int mib) throws IOException, InterruptedException {
    Process upload = UploadProcess.start(settings, blob, QUICK);
    try (BufferedReader said = upload.inputReader()) {
      String line = said.readLine();
      while (line != null && !line.equals(Integer.toString(mib))) {
        line = said.readLine();
      }
    } finally {
      upload.destroyForcibly();
    }
    assertThat(upload.waitFor()).isEqualTo(137);
  }
}
