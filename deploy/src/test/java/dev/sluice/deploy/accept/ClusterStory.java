package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.deploy.accept.DockerLikePull.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What the tests of clusters have in common: images, herds that pull them, and what must hold. */
final class ClusterStory {
  private static final long MIB = 1024 * 1024;

  private ClusterStory() {}

  /** An image that nobody has pulled yet, published under its repository. */
  static List<GeneratedBlob> publish(
      TestUpstream upstream, String repository, int layers, int mebibytes) {
    List<GeneratedBlob> blobs = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      blobs.add(GeneratedBlob.of(31L * repository.hashCode() + i, mebibytes * MIB));
    }
    upstream.publish(repository, blobs.toArray(Content[]::new));
    return blobs;
  }

  /** Begins so many pulls at once. */
  static CompletableFuture<List<Result>> herd(int clients, DockerLikePull pull) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Result> results = new ArrayList<>();
            Callable<Result> one = pull::run;
            for (Future<Result> done : threads.invokeAll(Collections.nCopies(clients, one))) {
              results.add(done.get());
            }
            return results;
          } catch (Exception failed) {
            throw new IllegalStateException(failed);
          }
        },
        Thread::startVirtualThread);
  }

  /** Nobody failed, and nobody got wrong bytes. */
  static void assertNoneFailed(List<Result> results) {
    assertThat(results).allSatisfy(result -> assertThat(result.trouble()).isEmpty());
  }

  /** No layer was asked for upstream more often than this. */
  static void assertFetched(
      TestCluster cluster, TestUpstream upstream, List<GeneratedBlob> layers, long most) {
    Map<String, Long> gets = upstream.blobGets();
    assertThat(layers)
        .as(() -> cluster.decisions())
        .allSatisfy(layer -> assertThat(gets.getOrDefault(layer.digest(), 0L)).isBetween(1L, most));
  }
}
