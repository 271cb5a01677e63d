package dev.sluice.metadata.embedded;

import static dev.sluice.metadata.Samples.digest;
import static dev.sluice.metadata.Samples.entry;
import static dev.sluice.metadata.Samples.fullTemplate;
import static dev.sluice.metadata.Samples.image;
import static dev.sluice.metadata.Samples.made;
import static dev.sluice.metadata.Samples.repository;
import static dev.sluice.metadata.Samples.stored;
import static dev.sluice.metadata.Samples.tag;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.Answers;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which changes are forced to the disk before they count as made. */
class ForcedChangeTest {

  private static final RepositoryName ALPINE = repository("alpine");
  private static final AtomicInteger FORCED = new AtomicInteger();

  private Embedded embedded;

  /** Opens what MVStore opens, and counts. */
  public static final class CountingScheme extends FilePathWrapper {
    @Override
    public String getScheme() {
      return "uninterrupted";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
      return new Counting(new UninterruptedFile(new RandomAccessFile(getBase().toString(), mode)));
    }
  }

  private static final class Counting extends FileBaseDefault {
    private final UninterruptedFile file;

    Counting(UninterruptedFile file) {
      this.file = file;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // The file has a lock of its own.
    public int read(ByteBuffer into, long from) throws IOException {
      return file.read(into, from);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // The file has a lock of its own.
    public int write(ByteBuffer source, long at) throws IOException {
      return file.write(source, at);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void force(boolean metadata) throws IOException {
      FORCED.incrementAndGet();
      file.force(metadata);
    }

    @Override
    public FileLock tryLock(long from, long length, boolean shared) throws IOException {
      return file.tryLock(from, length, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    FilePath.register(new UninterruptedFile.Scheme());
    FilePath.register(new CountingScheme());
    embedded = new Embedded(folder);
  }

  @AfterEach
  void close() {
    embedded.close();
    FilePath.register(new UninterruptedFile.Scheme());
  }

  private static void assertForced(Supplier<Future<?>> change) throws Exception {
    int before = FORCED.get();
    Answers.of(change.get());
    assertThat(FORCED.get()).isGreaterThan(before);
  }

  @Test
  void whatAPersonMadeIsForced() throws Exception {
    var metadata = embedded.metadata();
    assertForced(() -> metadata.repositories().create(made(ALPINE)));
    assertForced(() -> metadata.repositories().amend(ALPINE, known -> known));
    assertForced(() -> metadata.repositories().remove(ALPINE));
    assertForced(() -> metadata.rules().create(stored("quay", "quay.io")));
    assertForced(() -> metadata.templates().create(fullTemplate("team")));
  }

  @Test
  void whatAPersonDeletedIsForced() throws Exception {
    var metadata = embedded.metadata();
    Answers.of(metadata.catalog().keep(made(ALPINE), image("image")));
    Answers.of(metadata.tags().point(ALPINE, tag("latest"), entry("image")));
    assertForced(() -> metadata.tags().forget(ALPINE, tag("latest")));
    assertForced(() -> metadata.catalog().remove(ALPINE, Set.of(digest("image"))));
  }

  @Test
  void whatHealsFromUpstreamIsNot() throws Exception {
    int before = FORCED.get();
    for (int i = 0; i < 20; i++) {
      Answers.of(embedded.metadata().catalog().keep(made(ALPINE), image("image" + i)));
      Answers.of(embedded.metadata().tags().point(ALPINE, tag("t" + i), entry("image" + i)));
    }
    // MVStore itself forces its header now and then.
    assertThat(FORCED.get() - before).isLessThan(10);
  }
}
