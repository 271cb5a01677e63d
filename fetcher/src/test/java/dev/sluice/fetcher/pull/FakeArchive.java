package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;

import dev.sluice.storage.Archive;
import dev.sluice.storage.Blobs.Source;
import dev.sluice.storage.Digest;
import dev.sluice.storage.PeerBlobs.PeerBlob;
import dev.sluice.storage.growing.HandFedStream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An archive in memory, which counts what it is asked and fails as the test says. */
final class FakeArchive implements Archive, AutoCloseable {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Map<Digest, byte[]> kept = new ConcurrentHashMap<>();
  private final Queue<Held> holds = new ConcurrentLinkedQueue<>();
  private final List<Long> opened = new CopyOnWriteArrayList<>();
  private final AtomicInteger finds = new AtomicInteger();
  private final AtomicInteger discarded = new AtomicInteger();
  private final List<Digest> disowned = new CopyOnWriteArrayList<>();
  private final List<Digest> doubted = new CopyOnWriteArrayList<>();
  private final List<Runnable> late = new CopyOnWriteArrayList<>();
  private volatile Mood mood = Mood.WELL;

  /** How it is disposed. */
  enum Mood {
    WELL,
    /** It finds what it has, and gives none of it. */
    CLOSED,
    /** It finds what it has, and takes its time to open it. */
    SLOW,
    /** It answers nothing at all. */
    SILENT
  }

  /** A stream that stops in the middle. */
  static final class Held {
    private final int at;
    private final Promise<Runnable> reached = Promise.promise();

    private Held(int at) {
      this.at = at;
    }

    /** Lets it end there, too early, once it was opened. */
    void cut() {
      await(reached.future()).run();
    }

    /** Lets it end there as soon as it is read. */
    void cutWhenRead() {
      reached.future().onSuccess(Runnable::run);
    }
  }

  void is(Mood other) {
    mood = other;
  }

  /** Opens what it has been asked for while it was slow. */
  void catchUp() {
    late.forEach(Runnable::run);
  }

  /** Has these bytes under this name, whatever they are. */
  void put(Digest digest, byte[] bytes) {
    kept.put(digest, bytes);
  }

  /** Takes a blob over from a store, which has it no longer. */
  void takeFrom(StoreFolder store, Digest digest) {
    put(digest, store.read(digest));
    store.lose(digest);
  }

  void forgetAsked() {
    finds.set(0);
    opened.clear();
  }

  void lose(Digest digest) {
    kept.remove(digest);
  }

  /** The next stream brings no more than so many bytes of what it should. */
  Held holdNext(int bytes) {
    Held hold = new Held(bytes);
    holds.add(hold);
    return hold;
  }

  /** How often it was asked whether it has something. */
  int finds() {
    return finds.get();
  }

  /** The first byte of every stream so far. */
  List<Long> opened() {
    return List.copyOf(opened);
  }

  /** What it was told of that is wrong. */
  List<Digest> disowned() {
    return List.copyOf(disowned);
  }

  /** What it was told of that may be wrong. */
  List<Digest> doubted() {
    return List.copyOf(doubted);
  }

  int discarded() {
    return discarded.get();
  }

  @Override
  public Future<OptionalLong> find(Digest digest) {
    finds.incrementAndGet();
    byte[] bytes = kept.get(digest);
    return mood == Mood.SILENT
        ? Promise.<OptionalLong>promise().future()
        : Future.succeededFuture(
            bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.length));
  }

  @Override
  public void wrong(Digest digest) {
    disowned.add(digest);
  }

  @Override
  public void doubt(Digest digest) {
    doubted.add(digest);
  }

  @Override
  public Future<PeerBlob> open(Digest digest, long offset) {
    byte[] bytes = kept.get(digest);
    if (mood == Mood.SILENT) {
      return Promise.<PeerBlob>promise().future();
    }
    if (bytes == null || mood == Mood.CLOSED) {
      return Future.failedFuture("it is closed, or has no such blob");
    }
    if (mood == Mood.SLOW) {
      Promise<PeerBlob> opening = Promise.promise();
      late.add(() -> opening.complete(stream(bytes, offset)));
      return opening.future();
    }
    return Future.succeededFuture(stream(bytes, offset));
  }

  private PeerBlob stream(byte[] bytes, long offset) {
    opened.add(offset);
    var context = vertx.getOrCreateContext();
    HandFedStream stream = new HandFedStream().on(context);
    Held hold = holds.poll();
    int from = Math.toIntExact(offset);
    if (hold == null) {
      stream.send(bytes, from, bytes.length);
      stream.end();
    } else {
      stream.send(bytes, from, from + hold.at);
      hold.reached.complete(stream::end);
    }
    return new PeerBlob(
        OptionalLong.of(bytes.length), new Source(stream, context), discarded::incrementAndGet);
  }

  @Override
  public Optional<URI> link(Digest digest) {
    return Optional.of(URI.create("https://bucket.example/" + digest.hex() + "?signed"));
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
