package dev.sluice.fetcher.faults;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.pull.Bench;
import dev.sluice.fetcher.pull.Download;
import dev.sluice.storage.Digest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The clients of a scene: what they ask for, and what they get. */
final class Pulls {

  private static final String REPOSITORY = "up/app";

  private final Scene scene;
  private final Bench bench;
  private final Proof proof;
  private int asked;

  Pulls(Scene scene, Bench bench) {
    this.scene = scene;
    this.bench = bench;
    this.proof = new Proof(bench.store);
  }

  /** How many questions were asked; clients who wait together are one. */
  int asked() {
    return asked;
  }

  /** A manifest by tag. */
  Seen tag(String tag) {
    asked++;
    return proof.of(await(bench.ask(REPOSITORY, tag)));
  }

  /** A manifest by digest. */
  Seen manifest(Digest digest) {
    asked++;
    return proof.of(await(bench.ask(REPOSITORY, digest)));
  }

  /** A layer of the image, to its end. */
  Seen layer(int number) {
    asked++;
    return ended(number, bench.download(REPOSITORY, scene.image().layer(number)));
  }

  /** The first page of tags. */
  Seen tags() {
    asked++;
    return proof.of(bench.tags(REPOSITORY, ""));
  }

  private Seen ended(int number, CompletableFuture<Download> download) {
    var end = await(download.thenApplyAsync(Download::end));
    return proof.of(scene.image().layer(number), Scene.SIZE, end);
  }

  /** What is asked in the place that is struck. */
  List<Seen> struck() {
    return switch (scene.place()) {
      case MANIFEST -> List.of(tag("latest"), manifest(scene.tagged()));
      case DIGEST -> List.of(manifest(scene.sibling()));
      case BLOB -> List.of(layer(Scene.STRUCK));
      case TOKEN -> List.of(tag("latest"), layer(Scene.STRUCK), tags());
      case TAGS -> List.of(tags());
    };
  }

  /** Two clients begin to ask in the place that is struck; gives what each gets in the end. */
  List<Supplier<Seen>> struckTogether(boolean readingAtOnce) {
    asked++;
    return switch (scene.place()) {
      case MANIFEST, TOKEN -> manifests("latest");
      case DIGEST -> manifests(scene.sibling());
      case BLOB -> downloads(readingAtOnce);
      case TAGS ->
          Stream.of(bench.askTags(REPOSITORY, ""), bench.askTags(REPOSITORY, ""))
              .<Supplier<Seen>>map(answer -> () -> proof.of(await(answer)))
              .toList();
    };
  }

  private List<Supplier<Seen>> manifests(Object reference) {
    return bench.ask(2, REPOSITORY, reference).stream()
        .<Supplier<Seen>>map(answer -> () -> proof.of(await(answer)))
        .toList();
  }

  private List<Supplier<Seen>> downloads(boolean readingAtOnce) {
    var downloads = bench.download(2, REPOSITORY, scene.image().layer(Scene.STRUCK));
    if (readingAtOnce) {
      downloads.forEach(download -> assertThat(await(download)).isNotNull());
    }
    return downloads.stream()
        .<Supplier<Seen>>map(download -> () -> ended(Scene.STRUCK, download))
        .toList();
  }

  /** What was brought in is right, and nothing is half done. */
  void checkStore() {
    bench.drain();
    proof.checkStore();
  }
}
