package dev.sluice.storage.growing;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.ByteRange;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.FillOutcome.Filled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Reads whole blobs. A file of which it is not known that its bytes are right, such as after a
 * start or a change, is read to its end while it is sent, and its readers follow that as they
 * follow a fill: what went wrong at rest is cut, and never comes to its end.
 */
final class StoredBlobs {

  private final FileBlobStore store;
  private final Executor readers;
  private final Map<Digest, GrowingBlob> proving = new ConcurrentHashMap<>();

  /**
   * @param readers runs blocking work, each task on a thread of its own
   */
  StoredBlobs(FileBlobStore store, Executor readers) {
    this.store = store;
    this.readers = readers;
  }

  /**
   * The whole of a small blob; not on an event loop.
   *
   * @throws NoSuchFileException where there is none, or none that can be read and is right
   */
  Buffer read(Digest digest) throws IOException {
    try (BlobFile file = store.hold(digest)) {
      if (!file.isVerified() && !(BlobProof.of(digest, file, _ -> {}) instanceof Filled)) {
        throw new NoSuchFileException(digest.toString());
      }
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.channel().size()));
      while (bytes.hasRemaining() && file.channel().read(bytes, bytes.position()) >= 0) {}
      return Buffer.buffer(bytes.array());
    } catch (IOException unreadable) {
      if (!DiskTrouble.isDamage(unreadable)) {
        throw unreadable;
      }
      setAside(digest, unreadable.getMessage());
      throw new NoSuchFileException(digest.toString());
    }
  }

  /** Counts as use what has not come here. */
  void used(Digest digest) {
    try {
      store.hold(digest).close();
    } catch (IOException gone) {
      // What is not here is fetched when it is asked for.
    }
  }

  /** Sends a part of a blob; fails before the head is written where it is not here. */
  Future<Void> send(Digest digest, ByteRange range, HttpServerRequest request) {
    GrowingBlob underWay = proving.get(digest);
    if (underWay != null && underWay.hold()) {
      return tail(underWay, range, request);
    }
    try {
      BlobFile file = store.hold(digest);
      return file.isVerified()
          ? sendFile(digest, file, range, request)
          : tail(prove(digest, file), range, request);
    } catch (IOException gone) {
      setAsideIfDamaged(digest, gone);
      return Future.failedFuture(gone);
    }
  }

  private static Future<Void> tail(GrowingBlob blob, ByteRange range, HttpServerRequest request) {
    return BlobTail.ofProof(blob, range, request).start().onComplete(end -> blob.release());
  }

  /** Begins to read a blob to its end, unless somebody just has; held once more for the caller. */
  private GrowingBlob prove(Digest digest, BlobFile file) throws IOException {
    GrowingBlob blob = new GrowingBlob(OptionalLong.of(file.channel().size()), file);
    GrowingBlob begun = proving.putIfAbsent(digest, blob);
    if (begun != null && begun.hold()) {
      blob.release();
      return begun;
    }
    blob.hold();
    readers.execute(
        () -> {
          FillOutcome outcome = BlobProof.of(digest, file, blob::grownTo);
          proving.remove(digest, blob);
          blob.ended(outcome);
          blob.release();
        });
    return blob;
  }

  private Future<Void> sendFile(
      Digest digest, BlobFile file, ByteRange range, HttpServerRequest request) throws IOException {
    if (request.version() == HttpVersion.HTTP_2) {
      return sendWhole(digest, file, range, request);
    }
    // What sendFile throws (a client that has gone: Vert.x 5.1.6) must close the file too.
    return Future.succeededFuture()
        .compose(
            turn -> request.response().sendFile(file.channel(), range.offset(), range.length()))
        .onFailure(failure -> setAsideIfDamaged(digest, failure))
        .onComplete(end -> close(file));
  }

  /** On HTTP/2 the sendFile of Vert.x 5.1.6 comes to no end with a file that is open already. */
  private Future<Void> sendWhole(
      Digest digest, BlobFile file, ByteRange range, HttpServerRequest request) throws IOException {
    GrowingBlob whole = GrowingBlob.grown(file);
    return new BlobTail(whole, range, request)
        .start()
        .onFailure(failure -> setAsideIfDamaged(digest, failure))
        .onComplete(end -> whole.release());
  }

  /** Who comes next finds nothing here, and has it fetched again. */
  private void setAsideIfDamaged(Digest digest, Throwable failure) {
    if (DiskTrouble.isDamage(failure)) {
      readers.execute(() -> setAside(digest, failure.getMessage()));
    }
  }

  private void setAside(Digest digest, String words) {
    try (BlobFile file = store.inspect(digest)) {
      file.wrong("it cannot be read: " + words);
    } catch (IOException gone) {
      DiskTrouble.log(gone);
    }
  }

  private static void close(BlobFile file) {
    try {
      file.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
