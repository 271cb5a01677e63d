package dev.sluice.storage.growing;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.BlobLocation.Growing;
import dev.sluice.storage.BlobLocation.Stored;
import dev.sluice.storage.BlobWriter;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.ByteRange;
import dev.sluice.storage.Continuation;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore;
import dev.sluice.storage.FileBlobStore.FileBlobWriter;
import dev.sluice.storage.FillOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** This node's blobs: those at rest in a store, and those under way. */
public final class LocalBlobs implements Blobs, AutoCloseable {

  /** Of a blob whose size nobody says: Amazon ECR's quota for a layer, 52 000 MiB. */
  private static final long MOST_BYTES = 52_000L << 20;

  private final FileBlobStore store;
  private final Followers followers;
  private final Map<Digest, GrowingBlob> growing = new ConcurrentHashMap<>();
  private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();

  /** Fills into this store. */
  public LocalBlobs(FileBlobStore store) {
    this(store, Followers.NONE);
  }

  /** Fills into this store, and tells these of it. */
  public LocalBlobs(FileBlobStore store, Followers followers) {
    this.store = store;
    this.followers = followers;
  }

  @Override
  public Optional<BlobLocation> find(Digest digest) {
    GrowingBlob underWay = growing.get(digest);
    if (underWay != null) {
      return Optional.of(new Growing(digest, underWay.size()));
    }
    OptionalLong size = store.find(digest);
    return size.isPresent() ? Optional.of(new Stored(digest, size.getAsLong())) : Optional.empty();
  }

  @Override
  public OptionalLong readable(Digest digest) {
    GrowingBlob underWay = growing.get(digest);
    return underWay == null ? store.find(digest) : OptionalLong.of(underWay.state().readable());
  }

  @Override
  public Future<FillOutcome> fill(
      Digest digest, OptionalLong size, Source source, Continuation continuation) {
    FileBlobWriter writer;
    try {
      writer = store.create(digest, size);
    } catch (IOException full) {
      return Future.succeededFuture(DiskTrouble.unstored(full));
    }
    GrowingBlob blob = new GrowingBlob(size, writer.file());
    growing.put(digest, blob);
    followers.begun(digest, blob);
    return new BlobFill(writer, blob, MOST_BYTES, continuation, writers)
        .start(source)
        .onSuccess(
            outcome -> {
              // Off the map first: whoever looks now finds the stored blob, or begins again.
              growing.remove(digest, blob);
              blob.ended(outcome);
              blob.release();
            });
  }

  @Override
  public Future<FillOutcome> put(Digest digest, Buffer bytes) {
    Promise<FillOutcome> done = promiseForCaller();
    writers.execute(() -> done.complete(write(digest, bytes)));
    return done.future();
  }

  private FillOutcome write(Digest digest, Buffer bytes) {
    try {
      FileBlobWriter writer = store.create(digest, OptionalLong.of(bytes.length()));
      try (BlobFile _ = writer.file()) {
        writer.write(new ByteBuffer[] {((BufferInternal) bytes).getByteBuf().nioBuffer()});
        return switch (writer.commit()) {
          case BlobWriter.Verdict.Right() -> {
            followers.stored(digest);
            yield new FillOutcome.Filled(bytes.length());
          }
          case BlobWriter.Verdict.Wrong(var reason) -> new FillOutcome.Wrong(reason);
        };
      } finally {
        writer.abort();
      }
    } catch (IOException failure) {
      return DiskTrouble.unstored(failure);
    }
  }

  @Override
  public Future<Buffer> read(Digest digest) {
    Promise<Buffer> done = promiseForCaller();
    writers.execute(
        () -> {
          try (BlobFile file = store.hold(digest)) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.channel().size()));
            while (bytes.hasRemaining() && file.channel().read(bytes) >= 0) {}
            done.complete(Buffer.buffer(bytes.array()));
          } catch (IOException | ArithmeticException unreadable) {
            done.fail(unreadable);
          }
        });
    return done.future();
  }

  /** Completes on the context of whoever asks, where there is one. */
  private static <T> Promise<T> promiseForCaller() {
    ContextInternal caller = ContextInternal.current();
    return caller == null ? Promise.promise() : caller.promise();
  }

  @Override
  public Future<Void> send(BlobLocation location, ByteRange range, HttpServerRequest request) {
    GrowingBlob underWay = growing.get(location.digest());
    if (underWay != null && underWay.hold()) {
      return new BlobTail(underWay, range, request).start().onComplete(end -> underWay.release());
    }
    return sendStored(location.digest(), range, request.response());
  }

  private Future<Void> sendStored(Digest digest, ByteRange range, HttpServerResponse response) {
    BlobFile file;
    try {
      file = store.hold(digest);
    } catch (IOException gone) {
      return Future.failedFuture(gone);
    }
    // What sendFile throws (a client that has gone: Vert.x 5.1.6) must close the file too.
    return Future.succeededFuture()
        .compose(turn -> response.sendFile(file.channel(), range.offset(), range.length()))
        .onComplete(end -> close(file));
  }

  private static void close(BlobFile file) {
    try {
      file.close();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Ends when the writes under way have ended. */
  @Override
  public void close() {
    writers.close();
  }
}
