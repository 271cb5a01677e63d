package dev.sluice.gateway.registry;

import static dev.sluice.gateway.registry.Samples.BY_TAG;
import static dev.sluice.gateway.registry.Samples.MANIFEST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.TagsAnswer;
import dev.sluice.gateway.live.CountedRequests.Counted;
import dev.sluice.gateway.live.LiveGateway;
import dev.sluice.gateway.live.Reply;
import dev.sluice.storage.BlobLocation.Stored;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RequestCountsTest {

  @AutoClose private final LiveGateway gateway = new LiveGateway();

  @Test
  void manifestsAreCountedByWhatTheyTook() throws Exception {
    Stored manifest = gateway.store(MANIFEST);
    gateway.fetch().manifests(Samples.byContent(manifest, Provenance.COALESCED));
    gateway.ask("GET", BY_TAG);
    assertCounted("manifest", 200, "coalesced", MANIFEST.length);
    gateway.ask("GET", BY_TAG);
    assertCounted("manifest", 200, "hit", MANIFEST.length);
    gateway.ask("HEAD", BY_TAG);
    assertCounted("manifest", 200, "hit", 0);
    gateway.ask("GET", BY_TAG, "If-None-Match: *");
    assertCounted("manifest", 304, "hit", 0);
  }

  @Test
  void theBytesOfBlobsAreThoseOfTheirBodies() throws Exception {
    Stored blob = gateway.offer(Samples.bytes(100_000), Provenance.MISS);
    String path = Samples.blobPath(blob.digest());
    gateway.ask("GET", path);
    assertCounted("blob", 200, "miss", 100_000);
    gateway.ask("GET", path, "Range: bytes=-10");
    assertCounted("blob", 206, "hit", 10);
    gateway.ask("HEAD", path);
    assertCounted("blob", 200, "hit", 0);
    Reply refused = gateway.ask("GET", path, "Range: bytes=100000-");
    assertCounted("blob", 416, "hit", refused.body().length());
  }

  @Test
  void theRestIsCountedUnderAFewFixedWords() throws Exception {
    gateway.fetch().tags(new TagsAnswer.Page(List.of(), Map.of(), Optional.empty()));
    assertCounted("ping", "/v2/");
    assertCounted("tags", "/v2/hub/app/tags/list");
    assertCounted("malformed", "/v2/hub/App/tags/list");
    assertCounted("malformed", "/anything?at=all");
  }

  private void assertCounted(String operation, String path) throws Exception {
    Reply reply = gateway.ask("GET", path);
    assertCounted(operation, reply.status(), "none", reply.body().length());
  }

  private void assertCounted(String operation, int status, String cache, long bytes)
      throws InterruptedException {
    assertThat(gateway.counted().next()).isEqualTo(new Counted(operation, status, cache, bytes));
  }
}
