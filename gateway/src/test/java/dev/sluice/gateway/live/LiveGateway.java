package dev.sluice.gateway.live;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Tracing;
import dev.sluice.gateway.GatewayVerticle;
import dev.sluice.gateway.RequestLine;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.gateway.registry.Addressing;
import dev.sluice.gateway.registry.AnswerMemory;
import dev.sluice.gateway.registry.Redirects;
import dev.sluice.gateway.registry.RegistryEdge;
import dev.sluice.metadata.NameChanges;
import dev.sluice.storage.BlobLocation.Growing;
import dev.sluice.storage.BlobLocation.Stored;
import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.disk.DiskBlobStore;
import dev.sluice.storage.growing.HandFedStream;
import dev.sluice.storage.growing.LocalBlobs;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A gateway over a real store, with a clock and a fetcher that the test sets. */
public final class LiveGateway implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedFetch fetch = new ScriptedFetch();
  private final SettableClock clock = new SettableClock();
  private final CountedRequests counted = new CountedRequests();
  private final AnswerMemory memory = new AnswerMemory();
  private final OwnFolder folder = new OwnFolder();
  private final LocalBlobs blobs;
  private final GatewayVerticle verticle;

  /** Listens when this returns, and lets everybody in. */
  public LiveGateway() {
    this(Doors.OPEN);
  }

  /** Listens when this returns. */
  public LiveGateway(PullAccess access) {
    this(access, Redirects.NONE);
  }

  /** Listens when this returns, and sends these clients to the archive. */
  public LiveGateway(PullAccess access, Redirects redirects) {
    this(access, redirects, Addressing.BY_NAME);
  }

  /** Listens when this returns, and is addressed in these ways. */
  public LiveGateway(PullAccess access, Addressing addressing) {
    this(access, Redirects.NONE, addressing);
  }

  private LiveGateway(PullAccess access, Redirects redirects, Addressing addressing) {
    try {
      blobs = new LocalBlobs(DiskBlobStore.open(folder.path()));
    } catch (IOException unusable) {
      throw new IllegalStateException(unusable);
    }
    var edge =
        new RegistryEdge(
            new RegistryEdge.Parts(
                fetch, blobs, memory, access, clock, counted, redirects, telling()),
            addressing);
    verticle = new GatewayVerticle("127.0.0.1", 0, edge::handle);
    await(vertx.deployVerticle(verticle));
  }

  private static RegistryEdge.Telling telling() {
    return new RegistryEdge.Telling(
        Tracing.OFF,
        name -> Optional.of(name.value().replaceFirst("/.*", "")),
        name -> Optional.of(name.value().replaceFirst("[^/]*", "registry.example")),
        RequestLine.Taker.NONE);
  }

  /** The fetcher that this gateway asks. */
  public ScriptedFetch fetch() {
    return fetch;
  }

  /** The clock that this gateway reads. */
  public SettableClock clock() {
    return clock;
  }

  /** What this gateway remembers, as the fetcher tells it of changes. */
  public NameChanges changes() {
    return memory;
  }

  /** What this gateway has counted. */
  public CountedRequests counted() {
    return counted;
  }

  /** Opens a connection. */
  public Wire connect() throws IOException {
    return new Wire(verticle.port());
  }

  /** One request on a connection of its own. */
  public Reply ask(String method, String target, String... headers) throws IOException {
    try (Wire wire = connect()) {
      return wire.ask(method, target, headers);
    }
  }

  /** Stores bytes. */
  public Stored store(byte[] bytes) {
    Digest digest = Digest.sha256(bytes);
    FillOutcome outcome = await(blobs.put(digest, Buffer.buffer(bytes)));
    if (!outcome.equals(new FillOutcome.Filled(bytes.length))) {
      throw new AssertionError(outcome);
    }
    return new Stored(digest, bytes.length);
  }

  /** Takes stored bytes away behind the gateway's back. */
  public void lose(Stored blob) throws IOException {
    String hex = blob.digest().hex();
    try (var files = Files.walk(folder.path())) {
      Files.delete(files.filter(file -> file.endsWith(hex)).findFirst().orElseThrow());
    }
  }

  /** Stores bytes and has the fetcher find them for the next request. */
  public Stored offer(byte[] bytes, Provenance provenance) {
    Stored stored = store(bytes);
    fetch.blobs(new BlobAnswer.Found(stored, provenance));
    return stored;
  }

  /** Begins a fill, and has the fetcher find it for the next request. */
  public Future<FillOutcome> grow(Digest digest, OptionalLong size, HandFedStream upstream) {
    Context context = vertx.getOrCreateContext();
    Future<FillOutcome> fill = blobs.fill(digest, size, new Source(upstream.on(context), context));
    fetch.blobs(new BlobAnswer.Found(new Growing(digest, size), Provenance.COALESCED));
    return fill;
  }

  /** The value of a future that must succeed soon. */
  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
    blobs.close();
    folder.close();
  }
}
