package dev.sluice.metadata.record;

import dev.sluice.metadata.CreationTemplate;
import dev.sluice.metadata.ImageRecord;
import dev.sluice.metadata.Member;
import dev.sluice.metadata.RateLimit;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.StoredRule;
import dev.sluice.metadata.TagEntry;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One kind of record as JSON text with a version field, {@code "v"}.
 *
 * <p>A record of a later version is read as long as it has the fields known here, and keeps the
 * others when it is rewritten: nodes of two versions share a store while a cluster is upgraded.
 */
public final class RecordForm<T> {

  /** A rule that was made through the API, with its policies. */
  public static final RecordForm<StoredRule> RULE =
      new RecordForm<>("rule", StoredRuleFields::read, StoredRuleFields::write);

  /** What repositories are made with. */
  public static final RecordForm<CreationTemplate> TEMPLATE =
      new RecordForm<>("template", TemplateFields::read, TemplateFields::write);

  /** A repository. */
  public static final RecordForm<Repository> REPOSITORY =
      new RecordForm<>("repository", RepositoryFields::read, RepositoryFields::write);

  /** Where a tag points. */
  public static final RecordForm<TagEntry> TAG =
      new RecordForm<>("tag", TagFields::read, TagFields::write);

  /** A manifest that a repository holds. */
  public static final RecordForm<ImageRecord> IMAGE =
      new RecordForm<>("image", ImageFields::read, ImageFields::write);

  /** A digest that a repository contains. */
  public static final RecordForm<Member> MEMBER =
      new RecordForm<>("member", MemberFields::read, MemberFields::write);

  /** How far an account's rate limit is used up. */
  public static final RecordForm<RateLimit> RATE_LIMIT =
      new RecordForm<>("ratelimit", RateLimitFields::read, RateLimitFields::write);

  private static final String VERSION_FIELD = "v";
  private static final int VERSION = 1;

  private final String kind;
  private final Function<JsonObject, T> reader;
  private final BiConsumer<T, JsonObject> writer;

  private RecordForm(
      String kind, Function<JsonObject, T> reader, BiConsumer<T, JsonObject> writer) {
    this.kind = kind;
    this.reader = reader;
    this.writer = writer;
  }

  /** The name under which unreadable records of this kind are counted. */
  public String kind() {
    return kind;
  }

  /** The text of a new record. */
  public String write(T value) {
    return writeOnto(new JsonObject(), value);
  }

  /**
   * The text of a record that takes the place of an earlier one, whose unknown fields and higher
   * version it keeps; an earlier text that is no JSON object is dropped.
   */
  public String rewrite(String earlier, T value) {
    JsonObject json;
    try {
      json = new JsonObject(earlier);
    } catch (DecodeException unreadable) {
      json = new JsonObject();
    }
    return writeOnto(json, value);
  }

  /** Reads a record; one that cannot be read is counted, and empty. */
  public Optional<T> read(String text, UndecodableRecords undecodable) {
    try {
      JsonObject json = new JsonObject(text);
      if (Fields.number(json, VERSION_FIELD) < 1) {
        throw new IllegalArgumentException("no such version");
      }
      return Optional.of(reader.apply(json));
    } catch (DecodeException | IllegalArgumentException | DateTimeException unreadable) {
      undecodable.count(kind);
      return Optional.empty();
    }
  }

  private String writeOnto(JsonObject json, T value) {
    if (!(json.getValue(VERSION_FIELD) instanceof Integer version && version > VERSION)) {
      json.put(VERSION_FIELD, VERSION);
    }
    writer.accept(value, json);
    return json.encode();
  }
}
