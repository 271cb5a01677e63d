package dev.sluice.storage.peer;

import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.ByteRange;
import dev.sluice.storage.Continuation;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Says of every blob what the test says: much may change between a look and what follows. */
final class StaleBlobs implements Blobs {

  private final Blobs blobs;
  private final Supplier<BlobLocation> said;

  StaleBlobs(Blobs blobs, Supplier<BlobLocation> said) {
    this.blobs = blobs;
    this.said = said;
  }

  @Override
  public Optional<BlobLocation> find(Digest digest) {
    return Optional.of(said.get());
  }

  @Override
  public OptionalLong readable(Digest digest) {
    return blobs.readable(digest);
  }

  @Override
  public void used(Digest digest) {
    blobs.used(digest);
  }

  @Override
  public Future<FillOutcome> fill(
      Digest digest, OptionalLong size, Source source, Continuation continuation) {
    return blobs.fill(digest, size, source, continuation);
  }

  @Override
  public Future<FillOutcome> put(Digest digest, Buffer bytes) {
    return blobs.put(digest, bytes);
  }

  @Override
  public Future<Buffer> read(Digest digest) {
    return blobs.read(digest);
  }

  @Override
  public Future<Void> send(BlobLocation location, ByteRange range, HttpServerRequest request) {
    return blobs.send(location, range, request);
  }
}
