package dev.sluice.metadata.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.metadata.record.UndecodableRecords;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads hashes of records. What cannot be read is counted, and taken for absent. */
record Records(RedisLink link, UndecodableRecords undecodable) {

  <T> Future<Optional<T>> value(RecordHash<T> hash, String field) {
    return find(hash, field).map(Known::value);
  }

  <T> Future<Known<T>> find(RecordHash<T> hash, String field) {
    return found(hash, field, link.send(request(hash, field)));
  }

  static Request request(RecordHash<?> hash, String field) {
    return Request.cmd(Command.HGET).arg(hash.key()).arg(field);
  }

  <T> Future<Known<T>> found(RecordHash<T> hash, String field, Future<Response> answer) {
    return orWrongType(
        hash,
        answer.map(text -> read(hash, field, Optional.ofNullable(text))),
        Known.<T>wrongType());
  }

  /** What lies under each of these fields, in their order. */
  <T> Future<List<Known<T>>> find(RecordHash<T> hash, List<String> fields) {
    Request request = Request.cmd(Command.HMGET).arg(hash.key());
    fields.forEach(request::arg);
    return orWrongType(
        hash,
        link.send(request).map(texts -> read(hash, fields, texts)),
        Collections.nCopies(fields.size(), Known.<T>wrongType()));
  }

  /** Every record that can be read, in ASCII order of the fields. */
  <T> Future<SortedMap<String, T>> all(RecordHash<T> hash) {
    Request request = Request.cmd(Command.HGETALL).arg(hash.key());
    return orWrongType(hash, link.send(request).map(Optional::of), Optional.<Response>empty())
        // Not on the event loop: there may be many.
        .compose(all -> link.vertx().executeBlocking(() -> readAll(hash, all), false));
  }

  /** The fields, their records readable or not, in ASCII order. */
  Future<List<String>> fields(RecordHash<?> hash) {
    Request request = Request.cmd(Command.HKEYS).arg(hash.key());
    return orWrongType(
        hash,
        link.send(request).map(all -> all.stream().map(Response::toString).sorted().toList()),
        List.<String>of());
  }

  /** Whether there is a record, readable or not. */
  Future<Boolean> has(RecordHash<?> hash, String field) {
    Request request = Request.cmd(Command.HEXISTS).arg(hash.key()).arg(field);
    return orWrongType(hash, link.send(request).map(answer -> answer.toLong() > 0), true);
  }

  /** Counts something that is taken for absent. */
  void countUndecodable(RecordHash<?> hash) {
    undecodable.count(hash.form().kind());
  }

  private <A> Future<A> orWrongType(RecordHash<?> hash, Future<A> answer, A otherwise) {
    return answer.recover(
        failure -> {
          if (!Failures.isWrongType(failure)) {
            return Future.failedFuture(failure);
          }
          countUndecodable(hash);
          return Future.succeededFuture(otherwise);
        });
  }

  private <T> SortedMap<String, T> readAll(RecordHash<T> hash, Optional<Response> all) {
    SortedMap<String, T> values = new TreeMap<>();
    all.ifPresent(
        records ->
            records
                .getKeys()
                .forEach(
                    field ->
                        read(hash, field, Optional.ofNullable(records.get(field)))
                            .value()
                            .ifPresent(value -> values.put(field, value))));
    return values;
  }

  private <T> List<Known<T>> read(RecordHash<T> hash, List<String> fields, Response texts) {
    List<Known<T>> all = new ArrayList<>(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      all.add(read(hash, fields.get(i), Optional.ofNullable(texts.get(i))));
    }
    return all;
  }

  private <T> Known<T> read(RecordHash<T> hash, String field, Optional<Response> answer) {
    if (answer.isEmpty()) {
      return Known.nothing();
    }
    Buffer text = answer.get().toBuffer();
    Optional<T> value = hash.form().read(text.toString(UTF_8), undecodable);
    if (value.isPresent() && !hash.belongs().test(field, value.get())) {
      countUndecodable(hash);
      value = Optional.empty();
    }
    return new Known<>(true, Optional.of(text), value);
  }
}
