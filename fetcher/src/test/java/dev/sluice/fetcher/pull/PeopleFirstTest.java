package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.fetcher.fake.FakeIndex;
import dev.sluice.fetcher.fake.RecordedRequest;
import dev.sluice.metadata.Platforms;
import dev.sluice.metadata.UpstreamLimits;
import dev.sluice.storage.Digest;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person wants what completion waits in line for, while the pulls of others fill the line. */
class PeopleFirstTest {

  private static final int BEFORE = 10;
  private static final int AFTER = 5;
  private static final int PER_SECOND = 10;

  @TempDir Path folder;
  @AutoClose private Bench bench;
  private FakeImage child;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    FakeIndex index = bench.registry.index("app", "latest").platform("linux/amd64", 1000).push();
    child = index.child("linux/amd64");
    for (int i = 0; i < BEFORE + AFTER; i++) {
      bench.registry.image("other", "t" + i).layer(10 + i).push();
    }
    bench.found("up/app", "latest");
  }

  private void fillTheLineAndBeginCompletion() {
    var policies = Bench.POLICIES.with(new Platforms.All());
    bench.use(bench.rule("up", policies.with(new UpstreamLimits(PER_SECOND, 0))));
    bench.registry.forgetRequests();
    pullOthers(0, BEFORE);
    bench.settle();
    bench.found("up/app", "latest");
    bench.settle();
  }

  private List<? extends Future<?>> pullOthers(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> bench.ask("up/other", "t" + i)).toList();
  }

  private void assertAskedOnceBeforeThoseWhoCameLater(Digest wanted) {
    List<String> paths = bench.registry.requests().stream().map(RecordedRequest::path).toList();
    assertThat(paths).filteredOn(path -> path.endsWith(wanted.toString())).hasSize(1);
    String last = "/manifests/t" + (BEFORE + AFTER - 1);
    assertThat(paths)
        .filteredOn(path -> path.endsWith(wanted.toString()) || path.endsWith(last))
        .first()
        .asString()
        .endsWith(wanted.toString());
  }

  @Test
  void aManifestThatCompletionWaitsForIsAskedForInItsTurn() {
    fillTheLineAndBeginCompletion();

    var pulled = bench.ask("up/app", child.digest());
    bench.settle();
    var later = pullOthers(BEFORE, BEFORE + AFTER);

    Answers.found(await(pulled));
    await(Future.join(later));
    assertAskedOnceBeforeThoseWhoCameLater(child.digest());
  }

  @Test
  void aBlobThatCompletionWaitsForIsAskedForInItsTurn() {
    bench.found("up/app", child.digest());
    fillTheLineAndBeginCompletion();
    Digest first = child.config().digest();

    var pulled = bench.download(1, "up/app", first).getFirst();
    var later = pullOthers(BEFORE, BEFORE + AFTER);

    assertThat(await(pulled).end()).isInstanceOf(Download.End.Whole.class);
    await(Future.join(later));
    assertAskedOnceBeforeThoseWhoCameLater(first);
  }
}
