package dev.sluice.fetcher.pull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What lies in a store, seen past the code that put it there. */
public record StoreFolder(Path root) {

  /** The names of the whole blobs. */
  public List<String> blobs() {
    return files("blobs");
  }

  /** The names of the fills under way, or left over. */
  public List<String> incomplete() {
    return files("incomplete");
  }

  private List<String> files(String folder) {
    try (Stream<Path> all = Files.walk(root.resolve(folder))) {
      return all.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
