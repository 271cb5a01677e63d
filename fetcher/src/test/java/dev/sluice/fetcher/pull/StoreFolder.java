package dev.sluice.fetcher.pull;

import dev.sluice.storage.Digest;
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

  /** The bytes of a whole blob. */
  public byte[] read(Digest digest) {
    try {
      return Files.readAllBytes(file(digest));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Takes a whole blob away. */
  public void lose(Digest digest) {
    try {
      Files.delete(file(digest));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Path file(Digest digest) {
    String hex = digest.hex();
    return root.resolve("blobs")
        .resolve(digest.algorithm().label())
        .resolve(hex.substring(0, 2))
        .resolve(hex);
  }

  private List<String> files(String folder) {
    try (Stream<Path> all = Files.walk(root.resolve(folder))) {
      return all.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
