package dev.sluice.deploy.accept;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a node's data folder holds, as its documentation lays it out. */
record DataFolder(Path path) {
  /** Files of fills that did not come to their end. */
  List<Path> incomplete() throws IOException {
    return filesUnder("incomplete");
  }

  /** Whole blobs, each in a file that is named by its SHA-256. */
  List<Path> blobs() throws IOException {
    return filesUnder("blobs");
  }

  /** Blobs whose bytes are not what their names say. */
  List<Path> corrupt() throws IOException {
    return blobs().stream().filter(blob -> !nameOf(blob).equals(digestOf(blob))).toList();
  }

  private List<Path> filesUnder(String name) throws IOException {
    try (var files = Files.walk(path)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> isBelow(name, path.relativize(file)))
          .toList();
    }
  }

  private static boolean isBelow(String name, Path file) {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      if (folder.endsWith(name)) {
        return true;
      }
    }
    return false;
  }

  private static String nameOf(Path blob) {
    return "sha256:" + blob.getFileName();
  }

  private static String digestOf(Path blob) {
    try {
      return Sha256.of(Files.readAllBytes(blob));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
