package dev.sluice.metadata.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Embedded metadata for each test, open from before it until after it, in a folder of its own. */
final class FreshlyEmbedded implements BeforeEachCallback, AfterEachCallback {

  private Path folder;
  private Embedded embedded;

  EmbeddedMetadata metadata() {
    return embedded.metadata();
  }

  @Override
  public void beforeEach(ExtensionContext test) throws IOException {
    folder = Files.createTempDirectory("metadata");
    embedded = new Embedded(folder);
  }

  @Override
  public void afterEach(ExtensionContext test) throws IOException {
    embedded.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
