package dev.sluice.fetcher.fake;

import dev.sluice.storage.Digest;
import dev.sluice.storage.Digest.Algorithm;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** What the fake holds: by repository its tags, manifests, blobs and referrers. */
final class Repositories {
  private final Map<String, Repository> byName = new ConcurrentHashMap<>();
  private final AtomicLong nextSeed = new AtomicLong(1);

  /** A manifest at rest. */
  record Manifest(Descriptor descriptor, Content bytes) {}

  /** A manifest that refers to another, and the kind it claims to be. */
  record Referrer(Digest subject, String artifactType, Descriptor descriptor) {}

  private record Repository(
      NavigableMap<String, Digest> tags,
      Map<Digest, Manifest> manifests,
      Map<Digest, Content> blobs,
      List<Referrer> referrers) {}

  /** A seed that this fake has not given out before; the same in every run of a test. */
  long freshSeed() {
    return nextSeed.getAndIncrement();
  }

  Digest addBlob(String repository, Algorithm algorithm, Content bytes) {
    Digest digest = bytes.digest(algorithm);
    of(repository).blobs.put(digest, bytes);
    return digest;
  }

  /** A manifest can be asked for by either algorithm; its descriptor says sha256. */
  Descriptor addManifest(String repository, String mediaType, Content bytes) {
    Digest digest = bytes.digest(Algorithm.SHA256);
    Descriptor descriptor = new Descriptor(mediaType, digest, bytes.size());
    Manifest manifest = new Manifest(descriptor, bytes);
    of(repository).manifests.put(digest, manifest);
    of(repository).manifests.put(bytes.digest(Algorithm.SHA512), manifest);
    return descriptor;
  }

  void addReferrer(String repository, Referrer referrer) {
    of(repository).referrers.add(referrer);
  }

  void tag(String repository, String tag, Digest digest) {
    if (!of(repository).manifests.containsKey(digest)) {
      throw new AssertionError(repository + " has no manifest " + digest);
    }
    of(repository).tags.put(tag, digest);
  }

  void deleteTag(String repository, String tag) {
    if (of(repository).tags.remove(tag) == null) {
      throw new AssertionError(repository + " has no tag " + tag);
    }
  }

  void deleteContent(String repository, Digest digest) {
    Repository holder = of(repository);
    boolean wasManifest = holder.manifests.remove(digest) != null;
    boolean wasBlob = holder.blobs.remove(digest) != null;
    if (!wasManifest && !wasBlob) {
      throw new AssertionError(repository + " does not hold " + digest);
    }
  }

  boolean knows(String repository) {
    return byName.containsKey(repository);
  }

  Optional<Manifest> manifest(String repository, String reference) {
    Repository holder = of(repository);
    return Digest.parse(reference)
        .or(() -> Optional.ofNullable(holder.tags.get(reference)))
        .map(holder.manifests::get);
  }

  Optional<Content> blob(String repository, String digest) {
    return Digest.parse(digest).map(of(repository).blobs::get);
  }

  Optional<Content> blobAnywhere(String digest) {
    return byName.keySet().stream().flatMap(name -> blob(name, digest).stream()).findFirst();
  }

  /** Tags in their order behind this one; all of them behind the empty one. */
  List<String> tagsAfter(String repository, String last) {
    return List.copyOf(of(repository).tags.tailMap(last, false).keySet());
  }

  List<Referrer> referrers(String repository, Digest subject) {
    return of(repository).referrers.stream().filter(r -> r.subject.equals(subject)).toList();
  }

  private Repository of(String name) {
    return byName.computeIfAbsent(
        name,
        _ ->
            new Repository(
                new ConcurrentSkipListMap<>(),
                new ConcurrentHashMap<>(),
                new ConcurrentHashMap<>(),
                new CopyOnWriteArrayList<>()));
  }
}
