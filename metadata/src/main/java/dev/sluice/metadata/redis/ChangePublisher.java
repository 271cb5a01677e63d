package dev.sluice.metadata.redis;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes of changes. What could not be told is made up for, as soon as it can be, by a
 * change of everything.
 */
final class ChangePublisher {

  private static final Logger LOG = LoggerFactory.getLogger(ChangePublisher.class);

  /**
   * Where the count is something else, or there is no memory for it, it begins anew, which
   * listeners notice.
   */
  private static final Script PUBLISH =
      new Script(
          """
          local number = redis.pcall('INCR', KEYS[1])
          if type(number) == 'table' then
            redis.call('DEL', KEYS[1])
            number = 0
          end
          redis.call('PUBLISH', ARGV[1], '{"seq":' .. number .. ',' .. ARGV[2])
          return number
          """);

  private final RedisLink link;
  private final Keys keys;
  private final String node;
  private final AtomicLong untold = new AtomicLong();

  ChangePublisher(RedisLink link, Keys keys, String node) {
    this.link = link;
    this.keys = keys;
    this.node = node;
  }

  void publish(ChangeMessage message) {
    send(message).onFailure(this::owe);
  }

  private Future<Response> send(ChangeMessage message) {
    Buffer channel = Buffer.buffer(keys.changesChannel());
    Buffer text = Buffer.buffer(message.by(node).withoutOpening());
    return PUBLISH.run(link, List.of(keys.changesCount()), List.of(channel, text));
  }

  private void owe(Throwable failure) {
    if (untold.getAndIncrement() == 0) {
      LOG.warn("Other nodes cannot be told of changes for now: {}", failure.toString());
    }
  }

  /** Tells what is owed, if anything. */
  void makeUp() {
    long owed = untold.get();
    if (owed > 0) {
      send(ChangeMessage.everything())
          .onSuccess(
              _ -> {
                if (untold.compareAndSet(owed, 0)) {
                  LOG.info("Other nodes were told of {} changes that had failed", owed);
                }
              });
    }
  }
}
