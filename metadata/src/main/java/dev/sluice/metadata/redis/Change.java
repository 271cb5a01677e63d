package dev.sluice.metadata.redis;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Fields of hashes that are written in one step, as long as others are what they were. In Redis
 * Cluster all of its keys must belong to one repository.
 */
final class Change {

  /**
   * ARGV: how many expectations; each key's index, field, whether it is there, text; then what is
   * written: index, field, how, text. Everything is set before anything is dropped, since Redis
   * refuses a first SET when its memory is full, but none in the middle.
   */
  private static final Script SCRIPT =
      new Script(
          """
          local types = {}
          for i, key in ipairs(KEYS) do
            types[i] = redis.call('TYPE', key).ok
          end
          local expected = tonumber(ARGV[1])
          local at = 2
          for n = 1, expected do
            local key, field, there, text = tonumber(ARGV[at]), ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
            at = at + 4
            local known = types[key] == 'hash' and redis.call('HGET', KEYS[key], field)
            if there == '1' and known ~= text or there == '0' and known then
              return 0
            end
          end
          local function set(call, key, field, text)
            if types[key] ~= 'hash' and types[key] ~= 'none' then
              redis.call('DEL', KEYS[key])
            end
            types[key] = 'hash'
            return call('HSET', KEYS[key], field, text)
          end
          local first = at
          for n = first, #ARGV, 4 do
            local key, field, how, text = tonumber(ARGV[n]), ARGV[n + 1], ARGV[n + 2], ARGV[n + 3]
            if how == 'set' then
              set(redis.call, key, field, text)
            elseif how == 'try' and type(set(redis.pcall, key, field, text)) == 'table' then
              redis.call('DEL', KEYS[key])
            end
          end
          for n = first, #ARGV, 4 do
            local key, field, how = tonumber(ARGV[n]), ARGV[n + 1], ARGV[n + 2]
            if how == 'drop' and types[key] == 'hash' then
              redis.call('HDEL', KEYS[key], field)
            elseif how == 'clear' then
              redis.call('DEL', KEYS[key])
            end
          end
          return 1
          """);

  private static final Buffer NOTHING = Buffer.buffer();

  private final List<String> keys = new ArrayList<>();
  private final List<Buffer> expected = new ArrayList<>();
  private final List<Buffer> written = new ArrayList<>();

  /** Only while a field is what it was. */
  Change expect(RecordHash<?> hash, String field, Known<?> known) {
    return expect(hash.key(), field, known.text());
  }

  Change expect(String key, String field, Optional<Buffer> text) {
    add(expected, key, field, text.isPresent() ? "1" : "0", text.orElse(NOTHING));
    return this;
  }

  /** Writes a record in the place of what is known, whose unknown fields it keeps. */
  <T> Change set(RecordHash<T> hash, String field, Known<T> known, T value) {
    String text =
        known
            .text()
            .map(earlier -> hash.form().rewrite(earlier.toString(), value))
            .orElseGet(() -> hash.form().write(value));
    add(written, hash.key(), field, "set", Buffer.buffer(text));
    return this;
  }

  /** The same, unless somebody changes it meanwhile; one that would not change is not written. */
  <T> Change replace(RecordHash<T> hash, String field, Known<T> known, T value) {
    expect(hash, field, known);
    return known.value().equals(Optional.of(value)) ? this : set(hash, field, known, value);
  }

  Change drop(RecordHash<?> hash, String field) {
    add(written, hash.key(), field, "drop", NOTHING);
    return this;
  }

  Change clear(String key) {
    add(written, key, "", "clear", NOTHING);
    return this;
  }

  /** Makes removals that are being worked out begin anew. Deletions need it without any room. */
  Change revise(RepositoryKeys repository) {
    Buffer revision = Buffer.buffer(UUID.randomUUID().toString());
    add(written, repository.revision(), RepositoryKeys.ONLY, "try", revision);
    return this;
  }

  /** Makes it; false where something was not as expected. */
  Future<Boolean> make(RedisLink link) {
    List<Buffer> arguments = new ArrayList<>(1 + expected.size() + written.size());
    arguments.add(Buffer.buffer(Integer.toString(expected.size() / 4)));
    arguments.addAll(expected);
    arguments.addAll(written);
    return SCRIPT.run(link, keys, arguments).map(made -> made.toInteger() == 1);
  }

  private void add(List<Buffer> to, String key, String field, String how, Buffer text) {
    if (!keys.contains(key)) {
      keys.add(key);
    }
    to.add(Buffer.buffer(Integer.toString(keys.indexOf(key) + 1)));
    to.add(Buffer.buffer(field));
    to.add(Buffer.buffer(how));
    to.add(text);
  }
}
