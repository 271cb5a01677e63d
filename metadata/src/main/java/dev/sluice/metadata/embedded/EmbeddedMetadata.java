package dev.sluice.metadata.embedded;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.CreationTemplates;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.Rules;
import dev.sluice.metadata.TagIndex;
import dev.sluice.metadata.record.UndecodableRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The metadata of a single node, in a folder of its own: {@code metadata.mv} for names and rate
 * limits, {@code rules.mv} for rules.
 *
 * <p>Its stores answer with completed futures and may be used from any thread. Questions take
 * microseconds. A change takes some 0.1 ms, but on the caller's thread, and longer while the disk
 * is busy: not for event loops. Where the disk fails, the future does.
 */
public final class EmbeddedMetadata implements Metadata {

  private final RecordFile names;
  private final RecordFile rules;

  private EmbeddedMetadata(RecordFile names, RecordFile rules) {
    this.names = names;
    this.rules = rules;
  }

  /**
   * Opens the metadata in a folder, which is made where it is missing. A damaged file is moved
   * aside under a dated name, and an empty one begun.
   *
   * @throws IOException where another process uses the folder, or this one may not
   */
  public static EmbeddedMetadata open(Path folder, Clock clock, UndecodableRecords undecodable)
      throws IOException {
    Path whole = Files.createDirectories(folder.toAbsolutePath());
    RecordFile names =
        new RecordFile(new RecordFileOpening(whole, Contents.NAMES, clock, undecodable));
    try {
      new EmbeddedRepositories(names).adopt();
      return new EmbeddedMetadata(
          names, new RecordFile(new RecordFileOpening(whole, Contents.RULES, clock, undecodable)));
    } catch (IOException | RuntimeException unusable) {
      names.close();
      throw unusable;
    }
  }

  @Override
  public Rules rules() {
    return new EmbeddedRules(rules);
  }

  @Override
  public CreationTemplates templates() {
    return new EmbeddedTemplates(rules);
  }

  @Override
  public Repositories repositories() {
    return new EmbeddedRepositories(names);
  }

  @Override
  public TagIndex tags() {
    return new EmbeddedTagIndex(names);
  }

  @Override
  public Catalog catalog() {
    return new EmbeddedCatalog(names);
  }

  @Override
  public RateLimits rateLimits() {
    return new EmbeddedRateLimits(names);
  }

  @Override
  public void close() {
    names.close();
    rules.close();
  }
}
