package dev.sluice.storage.growing;

import static dev.sluice.storage.growing.ServedBlob.BYTES;
import static dev.sluice.storage.growing.ServedBlob.DIGEST;
import static dev.sluice.storage.growing.ServedBlob.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.disk.SomeBlobs;
import dev.sluice.storage.peer.Waiting;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What goes wrong with a blob's file is never sent to its end, and comes right by the next fill.
 */
class DamageTest {

  @TempDir Path root;
  private ServedBlob served;
  private Path file;

  @BeforeEach
  void open() throws Exception {
    served = new ServedBlob(root);
    get(served.blobs.put(DIGEST, Buffer.buffer(BYTES)));
    file = SomeBlobs.place(root, DIGEST);
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  private void restart() throws Exception {
    served.close();
    served = new ServedBlob(root);
  }

  @ParameterizedTest
  @EnumSource
  void aChangeUnderARunningNodeIsFound(Damage damage) throws Exception {
    assertThat(served.ask(0, BYTES.length).get(20, TimeUnit.SECONDS).body()).isEqualTo(BYTES);
    damage.befall(file);

    isCutSetAsideAndHealed();
  }

  @ParameterizedTest
  @EnumSource
  void aChangeThatItsFileDoesNotShowIsFoundAfterAStart(Damage damage) throws Exception {
    FileTime before = Files.getLastModifiedTime(file);
    damage.befall(file);
    Files.setLastModifiedTime(file, before);
    restart();

    isCutSetAsideAndHealed();
  }

  @ParameterizedTest
  @EnumSource
  void aPartOfWhatIsWrongIsCutToo(Damage damage) throws Exception {
    damage.befall(file);

    isCutSetAsideAndHealed(1_400_000, 200_000);
  }

  private void isCutSetAsideAndHealed() throws Exception {
    isCutSetAsideAndHealed(0, (int) Files.size(file));
  }

  private void isCutSetAsideAndHealed(int from, int length) throws Exception {
    var reader = served.ask(from, length);
    assertThatThrownBy(() -> reader.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
    Waiting.until(() -> served.blobs.find(DIGEST).isEmpty());
    assertThat(root.resolve("quarantine")).isNotEmptyDirectory();
    heals();
  }

  private void heals() throws Exception {
    var fill = served.fill(OptionalLong.of(BYTES.length));
    served.upstream.send(BYTES, 0, BYTES.length);
    served.upstream.end();
    assertThat(get(fill)).isEqualTo(new FillOutcome.Filled(BYTES.length));
    assertThat(served.ask(0, BYTES.length).get(20, TimeUnit.SECONDS).body()).isEqualTo(BYTES);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoFileOfABlobIsAsGoodAsNothing(Loss loss) throws Exception {
    loss.befall(file);
    assertThat(served.blobs.find(DIGEST)).isEmpty();

    heals();
  }

  @Test
  void aDamagedManifestIsNotReadAndIsSetAside() throws Exception {
    byte[] manifest = SomeBlobs.bytes(3, 2000);
    Digest digest = Digest.sha256(manifest);
    get(served.blobs.put(digest, Buffer.buffer(manifest)));
    assertThat(get(served.blobs.read(digest)).getBytes()).isEqualTo(manifest);

    manifest[7] ^= 1;
    Files.write(SomeBlobs.place(root, digest), manifest);

    assertThatThrownBy(() -> get(served.blobs.read(digest))).hasCauseInstanceOf(IOException.class);
    assertThat(served.blobs.find(digest)).isEmpty();
  }
}
