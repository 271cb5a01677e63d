package dev.sluice.storage.disk;

import dev.sluice.storage.BlobFile;
import dev.sluice.storage.Digest;
import dev.sluice.storage.FileBlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs as files under one folder, which never take more than their share of the disk. The folder
 * is the only truth: there is no index beside it. When a blob was last used is its file's time of
 * access, so that use survives a restart too.
 */
public final class DiskBlobStore implements FileBlobStore {

  private static final Logger LOG = LoggerFactory.getLogger(DiskBlobStore.class);

  private final BlobLayout layout;
  private final Clock clock;
  private final SpaceKeeper space;
  private final QuarantineFolder quarantine;
  private final WriteHealth health;
  private final WholeBlobs whole;
  private final AtomicLong attempts = new AtomicLong();

  private DiskBlobStore(BlobLayout layout, SpaceLimit limit, Clock clock) throws IOException {
    long most = limit.in(layout.root());
    this.layout = layout;
    this.clock = clock;
    this.quarantine = new QuarantineFolder(layout, most / 100);
    this.health = new WriteHealth(layout, clock, this::spare);
    this.space =
        new SpaceKeeper(most - quarantine.most(), new DiskRoom(layout.root()), this::remove);
    this.whole = new WholeBlobs(layout, space, quarantine, health);
  }

  /**
   * Opens the store in a folder, which is made where it is missing. What a crash left behind of
   * fills under way is removed, and what is more than the limit, least recently used first.
   */
  public static DiskBlobStore open(Path root, SpaceLimit limit, Clock clock) throws IOException {
    BlobLayout layout = new BlobLayout(root);
    layout.prepare();
    DiskBlobStore store = new DiskBlobStore(layout, limit, clock);
    store.quarantine.keepTheLatest();
    store.whole.takeStock();
    return store;
  }

  /** The same with the usual limit. */
  public static DiskBlobStore open(Path root) throws IOException {
    return open(root, SpaceLimit.usual(), Clock.systemUTC());
  }

  private void spare() {
    try {
      space.spare();
    } catch (IOException nothing) {
      LOG.debug("nothing can be dropped: {}", nothing.toString());
    }
  }

  private void remove(Digest digest) throws IOException {
    whole.remove(digest);
  }

  @Override
  public OptionalLong find(Digest digest) {
    try {
      return whole
          .find(digest)
          .map(file -> OptionalLong.of(file.size()))
          .orElse(OptionalLong.empty());
    } catch (IOException broken) {
      LOG.error("{} cannot be looked for: {}", digest, broken.toString());
      return OptionalLong.empty();
    }
  }

  @Override
  public BlobFile hold(Digest digest) throws IOException {
    return whole.hold(digest, clock.instant());
  }

  @Override
  public BlobFile inspect(Digest digest) throws IOException {
    return whole.inspect(digest);
  }

  @Override
  public InputStream open(Digest digest, long offset) throws IOException {
    BlobFile file = hold(digest);
    return Channels.newInputStream(new FileReading(file, offset));
  }

  @Override
  public FileBlobWriter create(Digest digest, OptionalLong size) throws IOException {
    health.check();
    Reservation room = space.reserve(size.orElse(0));
    try {
      quarantine.clear(digest);
      Path file = layout.fill(digest, attempts.incrementAndGet());
      return new DiskBlobWriter(
          digest, size, new DiskBlobWriter.Place(file, layout.blob(digest), room, health, clock));
    } catch (IOException refused) {
      room.end();
      throw health.failed(refused);
    }
  }

  @Override
  public boolean delete(Digest digest) throws IOException {
    space.holdings().forget(digest);
    return whole.remove(digest);
  }

  @Override
  public void each(Consumer<AtRest> visitor) throws IOException {
    layout.walk((digest, _, file) -> visitor.accept(WholeBlobs.atRest(digest, file)));
  }

  /** How much blobs may take, and take. */
  public SpaceUse use() {
    return space.use();
  }

  /** Why nothing can be kept now, in words for people: the disk refuses, or has no room. */
  public Optional<String> trouble() {
    return health.trouble().or(space::trouble);
  }

  /** Looks whether a disk that refused takes writes again, for whom nobody asks meanwhile. */
  public void tryAgain() {
    health.tryAgain();
    try {
      space.lookAgain();
    } catch (IOException unknown) {
      LOG.debug("what the disk has left is not known: {}", unknown.toString());
    }
  }

  /** How many blobs were found wrong since the store was opened. */
  public long wrong() {
    return quarantine.taken();
  }
}
