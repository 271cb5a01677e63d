package dev.sluice.metadata.redis;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Collection;
import java.util.List;

/** A set of names under one key. */
record NameSet(RedisLink link, String key) {

  /** Other data under the key gives way: adding must not fail for ever. */
  private static final Script ADD =
      new Script(
          """
          local type = redis.call('TYPE', KEYS[1]).ok
          if type ~= 'set' and type ~= 'none' then
            redis.call('DEL', KEYS[1])
          end
          for _, name in ipairs(ARGV) do
            redis.call('SADD', KEYS[1], name)
          end
          return 1
          """);

  /** The names, in no order; fails where the key holds other data. */
  Future<List<String>> all() {
    return link.send(Request.cmd(Command.SMEMBERS).arg(key))
        .map(names -> names.stream().map(Response::toString).toList());
  }

  Future<Void> add(Collection<String> names) {
    return ADD.run(link, List.of(key), names.stream().map(Buffer::buffer).toList()).mapEmpty();
  }

  Future<Void> remove(String name) {
    return link.send(Request.cmd(Command.SREM).arg(key).arg(name)).mapEmpty();
  }
}
