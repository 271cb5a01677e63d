package dev.sluice.storage.s3;

import static dev.sluice.storage.s3.FaultyGate.answer;
import static dev.sluice.storage.s3.FaultyGate.cutAnswer;
import static dev.sluice.storage.s3.FaultyGate.cutBody;
import static dev.sluice.storage.s3.FaultyGate.loseAnswer;
import static dev.sluice.storage.s3.FaultyGate.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.BlobWriter;
import dev.sluice.storage.BlobWriter.Verdict;
import dev.sluice.storage.Digest;
import dev.sluice.storage.GeneratedBlob;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers and networks do to a store, and what it says then. */
class S3FaultsTest {

  /** So that what never comes is not waited for long. */
  static final S3Timings HASTY =
      new S3Timings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(4),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          4);

  private static final GeneratedBlob BLOB = new GeneratedBlob((20 << 20) + 1);
  private static final Digest DIGEST = BLOB.digest();

  @TempDir static Path folder;
  private static S3Server server;
  private FaultyGate gate;
  private S3Settings direct;
  private S3BlobStore store;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    gate = new FaultyGate(server.endpoint());
    direct = server.bucket();
    store = new S3BlobStore(S3Server.through(gate.endpoint(), direct, S3Server.OWNER), HASTY);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
    gate.close();
    assertThat(S3Server.unfinished(direct)).isZero();
  }

  private Verdict write() throws IOException {
    BlobWriter writer = store.create(DIGEST, OptionalLong.of(BLOB.size()));
    try {
      BLOB.writeTo(writer);
      return writer.commit();
    } finally {
      writer.abort();
    }
  }

  private void assertThatItIsThere(boolean isThere) throws IOException {
    try (S3BlobStore unhindered = new S3BlobStore(direct)) {
      assertThat(unhindered.find(DIGEST).isPresent()).isEqualTo(isThere);
    }
  }

  @ParameterizedTest
  @CsvSource({"503, SlowDown", "500, InternalError", "503, ServiceUnavailable"})
  void aServerThatIsOverloadedForAWhileIsAskedAgain(int status, String code) throws IOException {
    gate.next(2, request -> true, answer(status, code));

    assertThat(write()).isEqualTo(new Verdict.Right());

    assertThat(gate.left()).isNotPositive();
    assertThatItIsThere(true);
  }

  @Test
  void aServerThatStaysOverloadedIsGivenUpAndNothingStaysThere() throws IOException {
    gate.next(Integer.MAX_VALUE, FaultyGate::isWrite, answer(503, "SlowDown"));

    assertThatThrownBy(this::write)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot store " + DIGEST)
        .hasMessageContaining("503 SlowDown")
        .hasMessageContaining("asked again later");
    assertThatItIsThere(false);
  }

  @Test
  void aConnectionThatIsCutInAPartIsMadeAgain() throws IOException {
    gate.next(2, FaultyGate::isWrite, cutBody(3 << 20));

    assertThat(write()).isEqualTo(new Verdict.Right());

    assertThat(gate.left()).isNotPositive();
    assertThat(GeneratedBlob.digestOf(store.open(DIGEST, 0))).isEqualTo(DIGEST);
  }

  @Test
  void aCompletionWhoseAnswerIsLostCounts() throws IOException {
    gate.next(
        1,
        request -> request.method().equals(HttpMethod.POST) && request.query().contains("uploadId"),
        loseAnswer());

    assertThat(write()).isEqualTo(new Verdict.Right());

    assertThat(gate.left()).isNotPositive();
    assertThatItIsThere(true);
  }

  @Test
  void aStreamThatIsCutGoesOnAtTheVeryByte() throws IOException {
    write();
    gate.next(2, request -> request.method().equals(HttpMethod.GET), cutAnswer(5 << 20));

    assertThat(GeneratedBlob.digestOf(store.open(DIGEST, 0))).isEqualTo(DIGEST);

    assertThat(gate.left()).isNotPositive();
  }

  @Test
  void aStreamThatIsCutForGoodNeverEndsWell() throws IOException {
    write();
    gate.next(1, request -> request.method().equals(HttpMethod.GET), cutAnswer(5 << 20));
    try (InputStream cut = store.open(DIGEST, 0)) {
      gate.next(Integer.MAX_VALUE, request -> true, answer(500, "InternalError"));

      assertThatThrownBy(cut::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot read " + DIGEST);
    }
  }

  @Test
  void whoReadsSlowlyGetsAllOfIt() throws IOException {
    write();
    try (InputStream slow = store.open(DIGEST, 1)) {
      slow.readNBytes(1000);
      LockSupport.parkNanos(HASTY.silence().plusSeconds(1).toNanos());

      assertThat(slow.skip(Long.MAX_VALUE)).isEqualTo(BLOB.size() - 1001);
    }
  }

  @Test
  void aServerThatNeverAnswersIsNotWaitedForForever() throws IOException {
    gate.next(Integer.MAX_VALUE, request -> true, silence());

    assertThatThrownBy(() -> store.find(DIGEST)).hasMessageContaining("no answer in time");
    assertThatThrownBy(() -> store.open(DIGEST, 0)).hasMessageContaining("no answer in time");
    gate.next(0, request -> false, silence());
  }
}
