package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.sluice.storage.BlobStore;
import dev.sluice.storage.Digest;
import dev.sluice.storage.ForwardingBlobStore;
import dev.sluice.storage.MemoryBlobStore;
import dev.sluice.storage.SettableClock;
import dev.sluice.storage.WrittenBlobs;
import dev.sluice.storage.archive.Copies;
import dev.sluice.storage.archive.Presence;
import dev.sluice.storage.s3.S3BlobStore;
import dev.sluice.storage.s3.S3Server;
import dev.sluice.storage.s3.S3Settings;
import dev.sluice.storage.s3.S3Settings.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often people are told of a bucket that does not do what it is asked. */
class ArchiveLinesTest {

  private static final String BY = "dev.sluice.storage";
  private static final int BLOBS = 8;

  @TempDir private Path folder;
  @AutoClose private S3Server server;
  private final SettableClock clock = new SettableClock();
  private final MemoryBlobStore local = new MemoryBlobStore();
  private S3Settings right;

  @BeforeEach
  void start() throws Exception {
    server = S3Server.start(folder);
    right = server.bucket();
    for (int i = 0; i < BLOBS; i++) {
      WrittenBlobs.write(local, bytes(i));
    }
  }

  private static byte[] bytes(int number) {
    return new byte[] {(byte) number};
  }

  private static Digest digest(int number) {
    return Digest.sha256(bytes(number));
  }

  private S3Settings with(String bucket, Optional<Credentials> credentials) {
    return new S3Settings(
        bucket, right.prefix(), right.endpoint(), right.region(), right.pathStyle(), credentials);
  }

  @Test
  void aBucketThatIsMissingIsToldOnceAndOnceThatItIsThere() throws Exception {
    assertToldTwice(with("no-such-bucket", right.credentials()), true, "make the bucket");
  }

  @Test
  void oneThatGoesMissingMeanwhileIsToldOfByWhatCannotBeCopied() throws Exception {
    assertToldTwice(with("no-such-bucket", right.credentials()), false, "make the bucket");
  }

  @Test
  void aRefusalIsToldOnceAndOnceThatItIsOver() throws Exception {
    Credentials owner = right.credentials().orElseThrow();
    assertToldTwice(
        with(right.bucket(), Optional.of(new Credentials(owner.accessKey(), "wrong"))),
        true,
        "correct the content of storage.s3.secretKeyFile");
  }

  private void assertToldTwice(S3Settings broken, boolean isListed, String advice)
      throws Exception {
    try (S3BlobStore wrong = new S3BlobStore(broken);
        S3BlobStore good = new S3BlobStore(right);
        SpokenLines lines = new SpokenLines(Level.INFO)) {
      AtomicReference<BlobStore> bucket = new AtomicReference<>(wrong);
      BlobStore store = new ForwardingBlobStore<>(bucket::get);
      Presence presence = new Presence(store, clock);
      copyAllInVain(store, presence, isListed);
      List<String> begun = lines.told(BY);
      assertThat(begun).hasSize(1);
      assertThat(begun.getFirst())
          .startsWith("WARN goes on without the archive for now: ")
          .contains(advice);

      bucket.set(good);
      clock.pass(Duration.ofSeconds(11));
      try (Copies copies = new Copies(local, store, presence, digest -> true)) {
        copies.reconcile();
        assertThat(copies.reconcile() + copies.reconcile()).isZero();
      }
      assertThat(lines.told(BY)).hasSize(2).endsWith("INFO the archive answers again");
    }
    try (S3BlobStore good = new S3BlobStore(right)) {
      assertThat(good.find(digest(BLOBS - 1))).hasValue(1);
    }
  }

  /** Its end waits for all that is under way. */
  private void copyAllInVain(BlobStore store, Presence presence, boolean isListed) {
    try (Copies copies = new Copies(local, store, presence, digest -> true)) {
      if (isListed) {
        assertThatThrownBy(copies::reconcile).isInstanceOf(IOException.class);
      }
      for (int i = 0; i < BLOBS; i++) {
        copies.stored(digest(i));
      }
    }
  }
}
