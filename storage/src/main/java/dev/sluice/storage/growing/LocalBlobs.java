package dev.sluice.storage.growing;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.BlobLocation.Growing;
import dev.sluice.storage.BlobLocation.Passing;
import dev.sluice.storage.BlobLocation.Stored;
import dev.sluice.storage.BlobWriter.Verdict;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.ByteRange;
import dev.sluice.storage.Continuation;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore;
import dev.sluice.storage.FileBlobStore.FileBlobWriter;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.FillOutcome.Filled;
import dev.sluice.storage.FillOutcome.Unkept;
import dev.sluice.storage.FillOutcome.Unstored;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
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
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final StoredBlobs stored;
  private final Overflow overflow = new Overflow();

  /** Fills into this store. */
  public LocalBlobs(FileBlobStore store) {
    this(store, Followers.NONE);
  }

  /** Fills into this store, and tells these of it. */
  public LocalBlobs(FileBlobStore store, Followers followers) {
    this.store = store;
    this.followers = followers;
    this.stored = new StoredBlobs(store, threads);
  }

  @Override
  public Optional<BlobLocation> find(Digest digest) {
    GrowingBlob underWay = growing.get(digest);
    if (underWay != null) {
      return Optional.of(new Growing(digest, underWay.size()));
    }
    OptionalLong size = sizeAtRest(digest);
    return size.isPresent() ? Optional.of(new Stored(digest, size.getAsLong())) : Optional.empty();
  }

  private OptionalLong sizeAtRest(Digest digest) {
    OptionalLong size = store.find(digest);
    return size.isPresent() ? size : overflow.find(digest);
  }

  @Override
  public OptionalLong readable(Digest digest) {
    GrowingBlob underWay = growing.get(digest);
    return underWay == null ? sizeAtRest(digest) : OptionalLong.of(underWay.state().readable());
  }

  @Override
  public int readers(Digest digest) {
    GrowingBlob underWay = growing.get(digest);
    return underWay == null ? 0 : underWay.readers();
  }

  @Override
  public void used(Digest digest) {
    threads.execute(() -> stored.used(digest));
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
    return new BlobFill(writer, blob, MOST_BYTES, continuation, threads)
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
    return aside(
        () -> {
          FillOutcome outcome = write(digest, bytes);
          boolean isRefused = outcome instanceof Unstored || outcome instanceof Unkept;
          if (isRefused && overflow.keep(digest, bytes)) {
            return new Filled(bytes.length());
          }
          overflow.drop(digest);
          return outcome;
        });
  }

  private FillOutcome write(Digest digest, Buffer bytes) {
    try {
      FileBlobWriter writer = store.create(digest, OptionalLong.of(bytes.length()));
      try (BlobFile _ = writer.file()) {
        writer.write(new ByteBuffer[] {((BufferInternal) bytes).getByteBuf().nioBuffer()});
        return switch (writer.commit()) {
          case Verdict.Right() -> {
            followers.stored(digest);
            yield new Filled(bytes.length());
          }
          case Verdict.Wrong(var reason) -> new FillOutcome.Wrong(reason);
          case Verdict.Unkept(var reason) -> new Unkept(reason);
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
    Buffer refused = overflow.bytes(digest);
    return refused == null ? aside(() -> stored.read(digest)) : Future.succeededFuture(refused);
  }

  /** Runs blocking work; completes on the context of whoever asks, where there is one. */
  private <T> Future<T> aside(Callable<T> work) {
    ContextInternal caller = ContextInternal.current();
    Promise<T> done = caller == null ? Promise.promise() : caller.promise();
    threads.execute(
        () -> {
          try {
            done.complete(work.call());
          } catch (Exception failure) {
            done.fail(failure);
          }
        });
    return done.future();
  }

  @Override
  public Future<Void> send(BlobLocation location, ByteRange range, HttpServerRequest request) {
    if (location instanceof Passing passing) {
      return new PassingBody(passing, range, request.response(), threads).start();
    }
    GrowingBlob underWay = growing.get(location.digest());
    if (underWay != null && underWay.hold()) {
      return new BlobTail(underWay, range, request).start().onComplete(end -> underWay.release());
    }
    Buffer refused = overflow.bytes(location.digest());
    return refused == null
        ? stored.send(location.digest(), range, request)
        : request.response().end(refused.getBuffer((int) range.offset(), (int) range.end()));
  }

  /** How many read along with blobs that are still being brought in. */
  public int waiters() {
    return growing.values().stream().mapToInt(GrowingBlob::readers).sum();
  }

  /** Ends when the writes under way have ended. */
  @Override
  public void close() {
    threads.close();
  }
}
