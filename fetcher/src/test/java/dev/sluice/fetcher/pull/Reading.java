package dev.sluice.fetcher.pull;

import static dev.sluice.fetcher.pull.Answers.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.pull.Download.End;
import dev.sluice.storage.Digest;
import io.vertx.core.buffer.Buffer;

/** A download of {@code up/app} of which the beginning has come. */
record Reading(Digest digest, Download download, Buffer before) {

  /** Begins it, and waits until so many bytes have come. */
  static Reading of(ClusterNode node, Digest digest, int count) {
    Download download = await(node.download("up/app", digest));
    return new Reading(digest, download, Buffer.buffer(download.next(count)));
  }

  /** The rest comes, and all is what was asked for. */
  void assertEndsWell() {
    End rest = download.end();
    assertThat(rest).isInstanceOf(End.Whole.class);
    Buffer whole = before.copy().appendBuffer(((End.Whole) rest).body());
    ClusterBench.assertWhole(new End.Whole(whole), digest);
  }
}
