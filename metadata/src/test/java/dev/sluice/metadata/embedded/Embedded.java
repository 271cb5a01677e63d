package dev.sluice.metadata.embedded;

import dev.sluice.metadata.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Embedded metadata in a test's folder, at a fixed time, with a list of what was undecodable. */
final class Embedded implements AutoCloseable {

  static final Clock NOON = Clock.fixed(Samples.NOON, ZoneOffset.UTC);

  private final Path folder;
  private final List<String> undecodable = Collections.synchronizedList(new ArrayList<>());
  private EmbeddedMetadata metadata;

  Embedded(Path folder) throws IOException {
    this.folder = folder;
    reopen();
  }

  /** Opens the same folder again, as the next start would. */
  void reopen() throws IOException {
    close();
    metadata = EmbeddedMetadata.open(folder, NOON, undecodable::add);
  }

  EmbeddedMetadata metadata() {
    return metadata;
  }

  List<String> undecodable() {
    return undecodable;
  }

  @Override
  public void close() {
    if (metadata != null) {
      metadata.close();
    }
  }
}
