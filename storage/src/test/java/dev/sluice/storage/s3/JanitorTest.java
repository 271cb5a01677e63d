package dev.sluice.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.storage.BlobWriter;
import dev.sluice.storage.BlobWriter.Verdict;
import dev.sluice.storage.Digest;
import dev.sluice.storage.GeneratedBlob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dead processes left is cleared up, and nothing else. */
class JanitorTest {

  private static final GeneratedBlob BLOB = new GeneratedBlob(17 << 20);
  private static final Digest DIGEST = BLOB.digest();

  private static final Clock NOW = Clock.systemUTC();
  private static final Clock LATER = Clock.offset(NOW, Duration.ofMinutes(61));

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

  private static BlobWriter begun(S3BlobStore by) throws IOException {
    BlobWriter writer = by.create(DIGEST, OptionalLong.of(BLOB.size()));
    BLOB.writeTo(writer);
    return writer;
  }

  @Test
  void anUploadOfAnotherProcessIsDroppedOnlyWhenNothingCameForAnHour() throws IOException {
    try (S3BlobStore dead = new S3BlobStore(settings)) {
      begun(dead);
      assertThat(S3Server.unfinished(settings)).isOne();

      assertThat(new Janitor(store, NOW).clear()).isZero();
      assertThat(S3Server.unfinished(settings)).isOne();
      assertThat(new Janitor(store, LATER).clear()).isOne();

      assertThat(S3Server.unfinished(settings)).isZero();
      assertThat(store.find(DIGEST)).isEmpty();
    }
  }

  @Test
  void whatThisProcessHasUnderWayIsLeftAlone() throws IOException {
    BlobWriter writer = begun(store);

    assertThat(new Janitor(store, LATER).clear()).isZero();

    assertThat(writer.commit()).isEqualTo(new Verdict.Right());
    assertThat(S3Server.unfinished(settings)).isZero();
  }

  @Test
  void whatLiesElsewhereInTheBucketIsLeftAlone() throws IOException {
    try (S3Calls calls = S3Server.calls(settings)) {
      calls.answer(
          "begin",
          calls.client.createMultipartUpload(
              request -> request.bucket(settings.bucket()).key("elsewhere/" + DIGEST.hex())));
    }

    assertThat(new Janitor(store, LATER).clear()).isZero();

    assertThat(S3Server.unfinished(settings)).isOne();
  }
}
