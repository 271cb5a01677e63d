package dev.sluice.metadata.embedded;

import dev.sluice.metadata.record.UndecodableRecords;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a file of records is opened: a damaged one is moved aside and a new one begun, since a node
 * that does not start serves nothing.
 *
 * @param clock gives the date in the name of a file that is moved aside
 */
record RecordFileOpening(
    Path folder, Contents contents, Clock clock, UndecodableRecords undecodable) {

  private static final Logger LOG = LoggerFactory.getLogger(RecordFileOpening.class);

  /**
   * Opens the file, makes it where there is none.
   *
   * @throws IOException where another process holds the file, or this one may not read and write it
   */
  OpenRecords open() throws IOException {
    return open(true);
  }

  /**
   * Opens the file anew after a failure in use; reads it through only if its content is to blame,
   * since everybody waits meanwhile.
   */
  OpenRecords reopen(RuntimeException failure) throws IOException {
    return open(isDamage(failure));
  }

  private OpenRecords open(boolean readThrough) throws IOException {
    try {
      return openSound(readThrough);
    } catch (RuntimeException | Error failure) {
      if (!isDamage(failure)) {
        throw refusal(failure);
      }
      moveAside(failure);
      return openSound(readThrough);
    }
  }

  private OpenRecords openSound(boolean readThrough) throws IOException {
    MVStore store =
        new MVStore.Builder()
            .fileName(UninterruptedFile.nameOf(file()))
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .open();
    try {
      if (store.isReadOnly()) {
        throw new FileSystemException(file().toString(), null, "the file is not writable");
      }
      store.setRetentionTime(contents.graceMillis());
      OpenRecords records = OpenRecords.of(store, contents, undecodable);
      if (readThrough) {
        records.readThrough();
      }
      return records;
    } catch (IOException | RuntimeException | Error unusable) {
      store.closeImmediately();
      throw unusable;
    }
  }

  /**
   * Whether the file's content is at fault. MVStore meets garbage with exceptions of many kinds,
   * failed assertions, and requests for arrays of gigabytes; a file that ends too early is a read
   * error to it, as is a broken disk.
   */
  private static boolean isDamage(Throwable failure) {
    if (!(failure instanceof MVStoreException known)) {
      return true;
    }
    return switch (known.getErrorCode()) {
      case DataUtils.ERROR_FILE_LOCKED, DataUtils.ERROR_WRITING_FAILED -> false;
      case DataUtils.ERROR_READING_FAILED ->
          !(known.getCause() instanceof IOException) || known.getCause() instanceof EOFException;
      default -> true;
    };
  }

  private IOException refusal(Throwable failure) {
    boolean locked =
        failure instanceof MVStoreException known
            && known.getErrorCode() == DataUtils.ERROR_FILE_LOCKED;
    String reason =
        locked ? "another node uses this data folder" : "cannot be opened: " + failure.getMessage();
    IOException refusal = new FileSystemException(file().toString(), null, reason);
    refusal.initCause(failure);
    return refusal;
  }

  private void moveAside(Throwable damage) throws IOException {
    String date = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-');
    Path aside = folder.resolve(contents.fileName() + ".damaged-" + date);
    Files.move(file(), aside, StandardCopyOption.REPLACE_EXISTING);
    LOG.warn(
        "{} is damaged and was moved to {}; an empty one is begun, {} ({})",
        file(),
        aside.getFileName(),
        contents.loss(),
        damage.toString());
  }

  private Path file() {
    return folder.resolve(contents.fileName());
  }
}
