package dev.sluice.storage.disk;

import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Every path the store makes, under its root:
 *
 * <pre>
 * blobs/sha256/ab/abcdef...     whole and verified, named by what they hold
 * incomplete/sha256-abcdef....7 being filled; whatever is here at start is left from a crash
 * quarantine/sha256-abcdef....9 found not to be what its name says; a few are kept for people
 * </pre>
 *
 * Paths are built from digests only, and a digest is hex: no client's string becomes a path.
 */
record BlobLayout(Path root) {

  /** Holds the whole blobs. */
  Path blobs() {
    return root.resolve("blobs");
  }

  /** Holds the fills under way. */
  Path incomplete() {
    return root.resolve("incomplete");
  }

  /** Holds what was found wrong. */
  Path quarantine() {
    return root.resolve("quarantine");
  }

  /** Makes the folders, and empties the one for fills. */
  void prepare() throws IOException {
    Files.createDirectories(blobs());
    Files.createDirectories(incomplete());
    Files.createDirectories(quarantine());
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(incomplete())) {
      for (Path leftover : leftovers) {
        Files.delete(leftover);
      }
    }
  }

  /** Where a whole blob is. */
  Path blob(Digest digest) {
    return blobs()
        .resolve(digest.algorithm().label())
        .resolve(digest.hex().substring(0, 2))
        .resolve(digest.hex());
  }

  /**
   * Where a fill writes.
   *
   * @param attempt tells two fills of one digest apart
   */
  Path fill(Digest digest, long attempt) {
    return incomplete().resolve(numbered(digest, attempt));
  }

  /** Where a wrong blob is set aside. */
  Path aside(Digest digest, long attempt) {
    return quarantine().resolve(numbered(digest, attempt));
  }

  private static String numbered(Digest digest, long attempt) {
    return digest.algorithm().label() + '-' + digest.hex() + '.' + attempt;
  }

  /** Where it is tried whether the disk takes anything. */
  Path probe(long attempt) {
    return incomplete().resolve("probe." + attempt);
  }

  /** The file of a whole blob; empty where there is none that could be one. */
  static Optional<BasicFileAttributes> attributes(Path blob, Digest digest) throws IOException {
    try {
      BasicFileAttributes file =
          Files.readAttributes(blob, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      // An empty file under any other name is what a file system may leave of a file that was
      // renamed before a power cut and never synced; it is no blob.
      boolean isBlob = file.isRegularFile() && (file.size() > 0 || digest.isOfNothing());
      return isBlob ? Optional.of(file) : Optional.empty();
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  /** What is done with each blob's file. */
  @FunctionalInterface
  interface Visitor {
    void visit(Digest digest, Path blob, BasicFileAttributes file) throws IOException;
  }

  /** Shows the file of every whole blob; others that people have put among them are passed over. */
  void walk(Visitor visitor) throws IOException {
    for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
      Path folder = blobs().resolve(algorithm.label());
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> groups = Files.newDirectoryStream(folder, Files::isDirectory)) {
          for (Path group : groups) {
            walk(algorithm, group, visitor);
          }
        }
      }
    }
  }

  private void walk(Digest.Algorithm algorithm, Path group, Visitor visitor) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(group)) {
      for (Path file : files) {
        Optional<Digest> digest = Digest.parse(algorithm.label() + ':' + file.getFileName());
        if (digest.isPresent() && blob(digest.get()).equals(file)) {
          Optional<BasicFileAttributes> found = attributes(file, digest.get());
          if (found.isPresent()) {
            visitor.visit(digest.get(), file, found.get());
          }
        }
      }
    }
  }
}
