package dev.sluice.deploy.accept;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * A blob that nobody asked for yet, and an upstream of its own that holds it back until a whole
 * herd has asked.
 *
 * @param path of the blob on the node
 * @param asked counted down by each client that sent its request
 */
record HerdRound(RuleConfig rule, TestUpstream upstream, String path, CountDownLatch asked) {
  private static final long SIZE = 256 * 1024;

  static HerdRound start(int number, int clients, long bytesPerSecond) throws IOException {
    var asked = new CountDownLatch(clients);
    TestUpstream upstream = TestUpstream.start(Pace.behind(asked, bytesPerSecond));
    GeneratedBlob blob = GeneratedBlob.of(100 + number, SIZE);
    upstream.publish("team/app", blob);
    RuleConfig rule = RuleConfig.daily("round-" + number, upstream.endpoint());
    String path = "/v2/" + rule.prefix() + "/team/app/blobs/" + blob.digest();
    return new HerdRound(rule, upstream, path, asked);
  }

  /** {@link System#nanoTime} just before upstream sent the blob's first byte. */
  long begunAt() {
    return upstream.pace().begunAt();
  }
}
