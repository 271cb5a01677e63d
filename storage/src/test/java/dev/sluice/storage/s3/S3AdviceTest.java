package dev.sluice.storage.s3;

import static dev.sluice.storage.s3.S3FaultsTest.HASTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.Digest;
import dev.sluice.storage.GeneratedBlob;
import dev.sluice.storage.WrittenBlobs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told to correct where a bucket cannot be reached or used. */
class S3AdviceTest {

  private static final Digest DIGEST = Digest.sha256(new byte[1]);

  @TempDir static Path folder;
  private static S3Server server;

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static S3BlobStore at(URI endpoint, S3Settings.Credentials who) throws IOException {
    return new S3BlobStore(S3Server.through(endpoint, server.bucket(), who), HASTY);
  }

  @Test
  void aServerThatIsGoneIsSaidToBe() throws Exception {
    FaultyGate gate = new FaultyGate(server.endpoint());
    URI nobody = gate.endpoint();
    gate.close();
    try (S3BlobStore lost = at(nobody, S3Server.OWNER)) {
      assertThatThrownBy(() -> lost.find(DIGEST))
          // The first word of a busy machine may be that time is up.
          .message()
          .containsAnyOf("nothing accepts connections there", "no answer in time")
          .contains("storage.s3.endpoint", "127.0.0.1:" + nobody.getPort());
      assertThatThrownBy(() -> WrittenBlobs.write(lost, new GeneratedBlob(20 << 20)))
          .hasMessageContaining("storage.s3.endpoint");
    }
  }

  @Test
  void wrongKeysAreSaidToBeWithoutBeingSaid() throws IOException {
    var stranger = new S3Settings.Credentials("ak-ak-ak", "not-the-secret");
    try (S3BlobStore refused = at(server.endpoint(), stranger)) {
      assertThatThrownBy(() -> refused.each(blob -> {}))
          .hasMessageContaining("403")
          .hasMessageContaining("correct the content of storage.s3.secretKeyFile")
          .hasMessageNotContaining("not-the-secret")
          .hasMessageNotContaining("Signature=");
      assertThatThrownBy(() -> refused.find(DIGEST)).hasMessageContaining("rights");
    }
    assertThat(stranger).hasToString("Credentials[ak-ak-ak]");
  }

  @Test
  void aBucketThatIsNotThereIsSaidToBe() throws IOException {
    try (S3BlobStore nowhere = new S3BlobStore(server.settings("no-such-bucket"), HASTY)) {
      assertThatThrownBy(() -> nowhere.each(blob -> {}))
          .hasMessageContaining("make the bucket, or correct storage.s3.bucket");
    }
  }
}
