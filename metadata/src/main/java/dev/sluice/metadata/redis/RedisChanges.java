package dev.sluice.metadata.redis;

import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Tells other nodes of changed names, and hears of theirs, by way of Redis.
 *
 * <p>What it is told, it publishes; it never blocks or throws. A change that another node tells is
 * heard at once where all is well; one that was lost is noticed within 5 s of Redis being there
 * again, as a change of everything. May be used from any thread.
 */
public final class RedisChanges implements NameChanges, AutoCloseable {

  private static final long LOOK_EVERY_MS = 2_000;

  /** One to publish on, one to listen on, and some for bursts. */
  private static final RedisSettings.Pool POOL = new RedisSettings.Pool(4, 1_024);

  private final RedisLink link;
  private final Keys keys;
  private final String node = UUID.randomUUID().toString();
  private final ChangePublisher publisher;
  private final long timer;
  private volatile Optional<ChangeListener> listener = Optional.empty();

  private RedisChanges(RedisLink link, Keys keys) {
    this.link = link;
    this.keys = keys;
    this.publisher = new ChangePublisher(link, keys, node);
    this.timer = link.vertx().setPeriodic(LOOK_EVERY_MS, _ -> look());
  }

  /** Begins to use Redis, with connections of its own. */
  public static RedisChanges open(Vertx vertx, RedisSettings settings) {
    return new RedisChanges(
        new RedisLink(vertx, settings.with(POOL)), new Keys(settings.namespace()));
  }

  /**
   * Tells what other nodes publish from now on, until this is closed; first that everything may
   * have changed. To be called once.
   */
  public void start(NameChanges heard) {
    ChangeListener begun = new ChangeListener(link, keys, node, heard);
    listener = Optional.of(begun);
    begun.subscribe();
  }

  private void look() {
    publisher.makeUp();
    listener.ifPresent(ChangeListener::check);
  }

  @Override
  public void tag(RepositoryName repository, Tag tag) {
    publisher.publish(ChangeMessage.tag(repository, tag));
  }

  @Override
  public void images(RepositoryName repository, Set<Digest> digests) {
    publisher.publish(ChangeMessage.images(repository, digests));
  }

  @Override
  public void repository(RepositoryName repository) {
    publisher.publish(ChangeMessage.repository(repository));
  }

  @Override
  public void rules() {
    publisher.publish(ChangeMessage.rules());
  }

  @Override
  public void everything() {
    publisher.publish(ChangeMessage.everything());
  }

  /** Ends both; changes that are not told yet may be lost. May be called again. */
  @Override
  public void close() {
    link.vertx().cancelTimer(timer);
    listener.ifPresent(ChangeListener::close);
    link.close();
  }
}
