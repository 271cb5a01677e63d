package dev.sluice.metadata.redis;

import dev.sluice.metadata.Catalog;
import dev.sluice.metadata.ClosedPrefixes;
import dev.sluice.metadata.CreationTemplates;
import dev.sluice.metadata.Metadata;
import dev.sluice.metadata.RateLimits;
import dev.sluice.metadata.Repositories;
import dev.sluice.metadata.Rules;
import dev.sluice.metadata.TagIndex;
import dev.sluice.metadata.record.UndecodableRecords;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.UUID;

/**
 * The metadata that the nodes of a cluster share, in Redis.
 *
 * <p>Its stores may be used from any thread, and never block. Each future ends within seconds; it
 * fails where Redis is gone, or full, or nobody is its master at that moment. A change that fails
 * so may have been made all the same. What is read may be as old as the last failover left it.
 */
public final class RedisMetadata implements Metadata {

  /** Other data under the key gives way: whatever it says, these names are not known by it. */
  private static final Script IDENTITY =
      new Script(
          """
          if redis.call('TYPE', KEYS[1]).ok == 'string' then
            return redis.call('GET', KEYS[1])
          end
          redis.call('SET', KEYS[1], ARGV[1])
          return ARGV[1]
          """);

  private final Records records;
  private final Keys keys;

  private RedisMetadata(Records records, Keys keys) {
    this.records = records;
    this.keys = keys;
  }

  /** Begins to use Redis; nothing is asked before something is needed. */
  public static RedisMetadata open(
      Vertx vertx, RedisSettings settings, UndecodableRecords undecodable) {
    return new RedisMetadata(
        new Records(new RedisLink(vertx, settings), undecodable), new Keys(settings.namespace()));
  }

  @Override
  public Rules rules() {
    return new RedisRules(records, keys);
  }

  @Override
  public CreationTemplates templates() {
    return new RedisTemplates(records, keys);
  }

  @Override
  public Repositories repositories() {
    return new RedisRepositories(records, keys);
  }

  @Override
  public TagIndex tags() {
    return new RedisTagIndex(records, keys);
  }

  @Override
  public Catalog catalog() {
    return new RedisCatalog(records, keys);
  }

  @Override
  public RateLimits rateLimits() {
    return new RedisRateLimits(records, keys);
  }

  /** The same metadata, which tells besides whenever something could not be read. */
  public Metadata noting(Runnable unreadable) {
    UndecodableRecords both =
        kind -> {
          records.undecodable().count(kind);
          unreadable.run();
        };
    return new RedisMetadata(new Records(records.link(), both), keys);
  }

  /** Prefixes that stay closed to people who do not log in. */
  public ClosedPrefixes closedPrefixes() {
    return new RedisClosedPrefixes(records, keys);
  }

  /** A random text that is another one when Redis was emptied, or is another Redis. */
  public Future<String> identity() {
    Buffer fresh = Buffer.buffer(UUID.randomUUID().toString());
    return IDENTITY
        .run(records.link(), List.of(keys.identity()), List.of(fresh))
        .map(Response::toString);
  }

  @Override
  public void close() {
    records.link().close();
  }
}
