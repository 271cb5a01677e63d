package dev.sluice.deploy;

import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.util.List;
import java.util.Set;

/** Several who hear of changed names, in this order. */
record Told(List<NameChanges> all) implements NameChanges {

  @Override
  public void tag(RepositoryName repository, Tag tag) {
    all.forEach(each -> each.tag(repository, tag));
  }

  @Override
  public void images(RepositoryName repository, Set<Digest> digests) {
    all.forEach(each -> each.images(repository, digests));
  }

  @Override
  public void repository(RepositoryName repository) {
    all.forEach(each -> each.repository(repository));
  }

  @Override
  public void rules() {
    all.forEach(NameChanges::rules);
  }

  @Override
  public void everything() {
    all.forEach(NameChanges::everything);
  }
}
