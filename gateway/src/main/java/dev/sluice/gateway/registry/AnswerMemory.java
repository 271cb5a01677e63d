package dev.sluice.gateway.registry;

import dev.sluice.metadata.NameChanges;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.util.Set;

/** What this node has answered and may answer again until it hears that a name has changed. */
public final class AnswerMemory implements NameChanges {

  private final ManifestMemory manifests = new ManifestMemory();
  private final BlobMemory blobs = new BlobMemory();
  private final PullNotes pulls = new PullNotes();

  ManifestMemory manifests() {
    return manifests;
  }

  BlobMemory blobs() {
    return blobs;
  }

  PullNotes pulls() {
    return pulls;
  }

  @Override
  public void tag(RepositoryName repository, Tag tag) {
    manifests.tag(repository, tag);
  }

  @Override
  public void images(RepositoryName repository, Set<Digest> digests) {
    manifests.images(repository, digests);
    blobs.images(repository, digests);
    pulls.images(repository, digests);
  }

  @Override
  public void repository(RepositoryName repository) {
    manifests.repository(repository);
    blobs.repository(repository);
    pulls.repository(repository);
  }

  @Override
  public void everything() {
    manifests.everything();
    blobs.everything();
    pulls.everything();
  }
}
