package dev.sluice.storage.disk;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Blobs as files under one folder, which never take more than their share of the disk. The folder
 * is the only truth: there is no index beside it. When a blob was last used is its file's time of
 * access, so that use survives a restart too.
 */
public final class DiskBlobStore implements FileBlobStore {

  private final BlobLayout layout;
  private final Clock clock;
  private final SpaceKeeper space;
  private final QuarantineFolder quarantine;
  private final WriteHealth health;
  private final AtomicLong attempts = new AtomicLong();

  private DiskBlobStore(BlobLayout layout, SpaceLimit limit, Clock clock) throws IOException {
    this.layout = layout;
    this.clock = clock;
    this.quarantine = new QuarantineFolder(layout, limit.in(layout.root()) / 100);
    this.health = new WriteHealth(layout, clock);
    this.space =
        new SpaceKeeper(
            limit.in(layout.root()) - quarantine.most(), new DiskRoom(layout.root()), this::remove);
  }

  /**
   * Opens the store in a folder, which is made where it is missing. What a crash left behind of
   * fills under way is removed, and what is more than the limit, least recently used first.
   */
  public static DiskBlobStore open(Path root, SpaceLimit limit, Clock clock) throws IOException {
    BlobLayout layout = new BlobLayout(root);
    layout.prepare();
    DiskBlobStore store = new DiskBlobStore(layout, limit, clock);
    store.takeStock();
    return store;
  }

  /** The same with the usual limit. */
  public static DiskBlobStore open(Path root) throws IOException {
    return open(root, SpaceLimit.usual(), Clock.systemUTC());
  }

  /** In the order of use, so that those used last are the last to go. */
  private void takeStock() throws IOException {
    List<AtRest> found = new ArrayList<>();
    each(found::add);
    found.sort(Comparator.comparing(AtRest::since).reversed());
    long room = space.use().limit();
    int kept = 0;
    while (kept < found.size() && room >= SpaceKeeper.onDisk(found.get(kept).bytes())) {
      room -= SpaceKeeper.onDisk(found.get(kept++).bytes());
    }
    found.subList(kept, found.size()).forEach(tooMuch -> remove(tooMuch.digest()));
    for (AtRest blob : found.subList(0, kept).reversed()) {
      space.keep(blob.digest(), new Holding(blob.bytes(), blob.since()));
    }
  }

  private void remove(Digest digest) {
    try {
      Files.deleteIfExists(layout.blob(digest));
    } catch (IOException stuck) {
      health.failed(stuck);
    }
  }

  @Override
  public OptionalLong find(Digest digest) {
    try {
      return BlobLayout.attributes(layout.blob(digest), digest)
          .map(file -> OptionalLong.of(file.size()))
          .orElse(OptionalLong.empty());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public BlobFile hold(Digest digest) throws IOException {
    Holding known = space.use(digest);
    HeldFile file = openFile(digest, known);
    file.noteUse(clock.instant());
    return file;
  }

  @Override
  public BlobFile inspect(Digest digest) throws IOException {
    return openFile(digest, space.peek(digest));
  }

  /** What people have put into the folder is met here first. */
  private HeldFile openFile(Digest digest, Holding known) throws IOException {
    Path path = layout.blob(digest);
    BasicFileAttributes attributes =
        BlobLayout.attributes(path, digest)
            .orElseThrow(
                () -> {
                  space.forget(digest);
                  return new NoSuchFileException(path.toString());
                });
    Holding holding = known;
    if (known == null || known.bytes() != attributes.size()) {
      holding = new Holding(attributes.size(), attributes.lastAccessTime().toInstant());
      space.keep(digest, holding);
    }
    Stamp stamp = Stamp.of(attributes);
    Consumer<String> setAside = reason -> setAside(digest, stamp, reason);
    return HeldFile.open(path, new HeldFile.Known(holding, stamp, setAside));
  }

  private void setAside(Digest digest, Stamp wrong, String reason) {
    try {
      Optional<Stamp> now = BlobLayout.attributes(layout.blob(digest), digest).map(Stamp::of);
      if (now.equals(Optional.of(wrong))) {
        quarantine.take(digest, reason);
        space.forget(digest);
      }
    } catch (IOException stuck) {
      health.failed(stuck);
    }
  }

  @Override
  public InputStream open(Digest digest, long offset) throws IOException {
    BlobFile file = hold(digest);
    return Channels.newInputStream(new FileReading(file, offset));
  }

  @Override
  public FileBlobWriter create(Digest digest, OptionalLong size) throws IOException {
    health.check();
    SpaceKeeper.Reservation room = space.reserve(size.orElse(0));
    try {
      Path file = layout.fill(digest, attempts.incrementAndGet());
      return new DiskBlobWriter(
          digest,
          size,
          new DiskBlobWriter.Place(file, layout.blob(digest), space, room, health, clock));
    } catch (IOException refused) {
      room.end();
      throw health.failed(refused);
    }
  }

  @Override
  public boolean delete(Digest digest) throws IOException {
    space.forget(digest);
    return Files.deleteIfExists(layout.blob(digest));
  }

  @Override
  public void each(Consumer<AtRest> visitor) throws IOException {
    layout.walk(
        (digest, _, file) ->
            visitor.accept(new AtRest(digest, file.size(), file.lastAccessTime().toInstant())));
  }

  /** How much blobs may take, and take. */
  public SpaceUse use() {
    return space.use();
  }

  /** Why nothing can be kept now, in words for people: the disk refuses. Empty where it can. */
  public Optional<String> trouble() {
    return health.trouble();
  }

  /** Looks whether a disk that refused takes writes again, for whom nobody asks meanwhile. */
  public void tryAgain() {
    health.tryAgain();
  }

  /** How many blobs were found wrong since the store was opened. */
  public long wrong() {
    return quarantine.taken();
  }
}
