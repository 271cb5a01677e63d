package dev.sluice.storage.disk;

import dev.sluice.storage.BlobStore.AtRest;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of whole blobs, and what is known of them: by the store itself, or on meeting them. */
final class WholeBlobs {

  private static final Logger LOG = LoggerFactory.getLogger(WholeBlobs.class);

  private final BlobLayout layout;
  private final SpaceKeeper space;
  private final QuarantineFolder quarantine;
  private final WriteHealth health;

  /** Found wrong, on a disk that does not let them be moved: as good as not there. */
  private final Map<Digest, Stamp> stuck = new ConcurrentHashMap<>();

  WholeBlobs(
      BlobLayout layout, SpaceKeeper space, QuarantineFolder quarantine, WriteHealth health) {
    this.layout = layout;
    this.space = space;
    this.quarantine = quarantine;
    this.health = health;
  }

  /**
   * Takes note of all that is here, in the order of use, so that those used last are the last to
   * go. Those for which there is no room go at once.
   */
  void takeStock() throws IOException {
    List<AtRest> found = new ArrayList<>();
    layout.walk((digest, _, file) -> found.add(atRest(digest, file)));
    found.sort(Comparator.comparing(AtRest::since).reversed());
    long room = space.use().limit();
    List<AtRest> kept = new ArrayList<>();
    for (AtRest blob : found) {
      long size = Holdings.onDisk(blob.bytes());
      if (size <= room) {
        room -= size;
        kept.add(blob);
      } else {
        LOG.info("{} is more than blobs may take by now, and removed", blob.digest());
        if (remove(blob.digest())) {
          space.madeRoom();
        }
      }
    }
    for (AtRest blob : kept.reversed()) {
      space.note(blob.digest(), new Holding(blob.bytes(), blob.since()));
    }
  }

  static AtRest atRest(Digest digest, BasicFileAttributes file) {
    return new AtRest(digest, file.size(), file.lastAccessTime().toInstant());
  }

  /** Removes a blob's file; whether it was there. */
  boolean remove(Digest digest) throws IOException {
    try {
      return Files.deleteIfExists(layout.blob(digest));
    } catch (IOException refused) {
      throw health.failed(refused);
    }
  }

  /** The file of a blob; empty where there is none that may be right. */
  Optional<BasicFileAttributes> find(Digest digest) throws IOException {
    return BlobLayout.attributes(layout.blob(digest), digest)
        .filter(file -> !Stamp.of(file).equals(stuck.get(digest)));
  }

  /** Opens a file that is used. */
  HeldFile hold(Digest digest, Instant now) throws IOException {
    HeldFile file = open(digest, find(digest), space.holdings().use(digest));
    file.noteUse(now);
    return file;
  }

  /** Opens a file that is looked after. */
  HeldFile inspect(Digest digest) throws IOException {
    Optional<BasicFileAttributes> file = find(digest);
    HeldFile opened = open(digest, file, space.holdings().peek(digest));
    return opened.unused(file.orElseThrow().lastAccessTime());
  }

  private HeldFile open(Digest digest, Optional<BasicFileAttributes> file, Holding known)
      throws IOException {
    Path path = layout.blob(digest);
    if (file.isEmpty()) {
      space.holdings().forget(digest);
      throw new NoSuchFileException(path.toString());
    }
    Stamp stamp = Stamp.of(file.get());
    Holding holding =
        known != null && known.bytes() == stamp.bytes() ? known : met(digest, file.get());
    try {
      return HeldFile.open(
          path, new HeldFile.Known(holding, stamp, reason -> setAside(digest, stamp, reason)));
    } catch (IOException unreadable) {
      if (!DiskWords.isDamage(unreadable)) {
        throw unreadable;
      }
      setAside(digest, stamp, "it cannot be opened: " + DiskWords.of(unreadable));
      throw new NoSuchFileException(path.toString());
    }
  }

  /** What people have put into the folder is met here first. */
  private Holding met(Digest digest, BasicFileAttributes file) {
    Holding found = new Holding(file.size(), file.lastAccessTime().toInstant());
    try {
      return space.note(digest, found);
    } catch (IOException noRoom) {
      LOG.debug("{} is not counted: {}", digest, noRoom.toString());
      return found;
    }
  }

  private void setAside(Digest digest, Stamp wrong, String reason) {
    try {
      Optional<Stamp> now = find(digest).map(Stamp::of);
      if (now.equals(Optional.of(wrong))) {
        quarantine.take(digest, reason);
        space.holdings().forget(digest);
      }
    } catch (IOException refused) {
      stuck.put(digest, wrong);
      LOG.error(
          "{} is damaged: {}; it is not served, and cannot be moved: {}",
          digest,
          reason,
          refused.toString());
      health.failed(refused);
    }
  }
}
