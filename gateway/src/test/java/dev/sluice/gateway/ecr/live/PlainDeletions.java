package dev.sluice.gateway.ecr.live;

import dev.sluice.fetcher.Deletions;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.Repository;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.embedded.EmbeddedMetadata;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deletes where nothing is under way, and notes what. */
final class PlainDeletions implements Deletions {

  final List<String> deleted = Collections.synchronizedList(new ArrayList<>());
  private final EmbeddedMetadata metadata;

  PlainDeletions(EmbeddedMetadata metadata) {
    this.metadata = metadata;
  }

  @Override
  public Future<Optional<Repository>> repository(RepositoryName name) {
    deleted.add(name.value());
    return metadata.repositories().remove(name);
  }

  @Override
  public Future<Set<Digest>> images(RepositoryName name, Set<Digest> digests) {
    digests.forEach(digest -> deleted.add(name + "@" + digest));
    return metadata.catalog().remove(name, digests);
  }

  @Override
  public Future<Boolean> tag(RepositoryName name, Tag tag) {
    deleted.add(name + ":" + tag);
    return metadata.tags().forget(name, tag).map(true);
  }
}
