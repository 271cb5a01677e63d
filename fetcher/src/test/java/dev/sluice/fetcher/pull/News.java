package dev.sluice.fetcher.pull;

import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.util.Set;
import java.util.stream.Stream;

/** Tells the other nodes what has changed on one. */
final class News implements NameChanges {

  private final ClusterBench bench;
  private final ClusterNode from;

  News(ClusterBench bench, ClusterNode from) {
    this.bench = bench;
    this.from = from;
  }

  private Stream<NameChanges> others() {
    return bench.living().filter(node -> node != from).map(node -> node.fetcher.heard());
  }

  @Override
  public void tag(RepositoryName repository, Tag tag) {
    others().forEach(other -> other.tag(repository, tag));
  }

  @Override
  public void images(RepositoryName repository, Set<Digest> digests) {
    others().forEach(other -> other.images(repository, digests));
  }

  @Override
  public void repository(RepositoryName repository) {
    others().forEach(other -> other.repository(repository));
  }
}
