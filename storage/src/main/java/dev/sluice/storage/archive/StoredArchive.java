package dev.sluice.storage.archive;

import dev.sluice.storage.Archive;
import dev.sluice.storage.BlobStore;
import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.Digest;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** An archive over a store. Nobody waits for one that does not answer, but who asks first. */
public final class StoredArchive implements Archive {

  private final Vertx vertx;
  private final BlobStore store;
  private final Presence presence;
  private final Doubts doubts;
  private final Function<Digest, Optional<URI>> links;
  private final Executor blocking = Thread::startVirtualThread;

  /**
   * What nodes have in common.
   *
   * @param presence of the same store
   * @param doubts of the same store
   */
  public record Shared(BlobStore store, Presence presence, Doubts doubts) {}

  /**
   * Over a store.
   *
   * @param links signs without blocking
   */
  public StoredArchive(Vertx vertx, Shared shared, Function<Digest, Optional<URI>> links) {
    this.vertx = vertx;
    this.store = shared.store;
    this.presence = shared.presence;
    this.doubts = shared.doubts;
    this.links = links;
  }

  @Override
  public Future<OptionalLong> find(Digest digest) {
    Promise<OptionalLong> found = promiseForCaller();
    Runnable asking = () -> found.complete(look(digest));
    if (presence.isKnown(digest)) {
      asking.run();
    } else {
      blocking.execute(asking);
    }
    return found.future();
  }

  private OptionalLong look(Digest digest) {
    try {
      return presence.find(digest);
    } catch (IOException | RuntimeException away) {
      return OptionalLong.empty();
    }
  }

  @Override
  public Future<PeerBlob> open(Digest digest, long offset) {
    Promise<PeerBlob> opened = promiseForCaller();
    blocking.execute(
        () -> {
          try {
            opened.complete(stream(digest, offset));
          } catch (IOException | RuntimeException away) {
            opened.fail(away);
          }
        });
    return opened.future();
  }

  private PeerBlob stream(Digest digest, long offset) throws IOException {
    OptionalLong size = presence.find(digest);
    if (size.isEmpty()) {
      throw new NoSuchFileException(digest.toString(), null, "the archive has no such blob");
    }
    InputStream bytes = openNow(digest, offset);
    Context context = ((VertxInternal) vertx).createEventLoopContext();
    BlobSource source =
        new BlobSource(
            bytes,
            context,
            blocking,
            cause -> presence.failed(new IOException(cause.getMessage())));
    return new PeerBlob(
        size, new Source(source, context), () -> context.runOnContext(turn -> source.discard()));
  }

  private InputStream openNow(Digest digest, long offset) throws IOException {
    try {
      return store.open(digest, offset);
    } catch (NoSuchFileException dropped) {
      presence.isMissing(digest);
      throw dropped;
    } catch (IOException | RuntimeException failure) {
      presence.failed(failure);
      throw failure;
    }
  }

  @Override
  public void wrong(Digest digest) {
    blocking.execute(() -> doubts.drop(digest));
  }

  @Override
  public void doubt(Digest digest) {
    blocking.execute(() -> doubts.settle(digest));
  }

  /** Only for a blob that {@link #find} has found a moment ago: no client is sent to a 404. */
  @Override
  public Optional<URI> link(Digest digest) {
    return presence.isAnswering() && presence.remembers(digest)
        ? links.apply(digest)
        : Optional.empty();
  }

  /** Completes on the context of whoever asks, where there is one. */
  private static <T> Promise<T> promiseForCaller() {
    ContextInternal caller = ContextInternal.current();
    return caller == null ? Promise.promise() : caller.promise();
  }
}
