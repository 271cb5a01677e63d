package dev.sluice.metadata.redis;

import dev.sluice.metadata.ClosedPrefixes;
import dev.sluice.metadata.record.RecordName;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Closed prefixes, in one set. */
final class RedisClosedPrefixes implements ClosedPrefixes {

  private final Records records;
  private final NameSet names;

  RedisClosedPrefixes(Records records, Keys keys) {
    this.records = records;
    this.names = new NameSet(records.link(), keys.closedPrefixes());
  }

  @Override
  public Future<Set<String>> all() {
    return names.all().onFailure(this::count).map(this::parse);
  }

  private void count(Throwable failure) {
    if (Failures.isWrongType(failure)) {
      records.undecodable().count("closed");
    }
  }

  private Set<String> parse(List<String> texts) {
    Set<String> prefixes = new HashSet<>();
    for (String text : texts) {
      RecordName.ofPrefix(text)
          .ifPresentOrElse(prefixes::add, () -> records.undecodable().count("closed"));
    }
    return Set.copyOf(prefixes);
  }

  @Override
  public Future<Void> add(Set<String> prefixes) {
    if (!prefixes.stream().map(RecordName::ofPrefix).allMatch(Optional::isPresent)) {
      return Future.failedFuture(new IllegalArgumentException("not a prefix"));
    }
    return prefixes.isEmpty() ? Future.succeededFuture() : names.add(prefixes);
  }
}
