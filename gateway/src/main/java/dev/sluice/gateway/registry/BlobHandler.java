package dev.sluice.gateway.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.FetchService;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.storage.BlobLocation.Stored;
import io.vertx.core.Future;

/** Answers blobs: those that this node has answered before at once, else as the fetcher says. */
final class BlobHandler {

  private static final long MOST_KNOWN = 20_000;

  private final FetchService fetch;
  private final BlobAnswering answering;

  /** Blobs that are stored here and are members of the repository they were asked of. */
  private final Cache<PullRequest.Blob, Stored> known =
      Caffeine.newBuilder().maximumSize(MOST_KNOWN).executor(Runnable::run).build();

  BlobHandler(FetchService fetch, BlobAnswering answering) {
    this.fetch = fetch;
    this.answering = answering;
  }

  Future<Void> handle(Exchange exchange, PullRequest.Blob asked) {
    Stored stored = known.getIfPresent(asked);
    if (stored == null) {
      return ask(exchange, asked);
    }
    return answering
        .send(exchange, stored, Provenance.HIT)
        .recover(
            gone -> {
              known.invalidate(asked);
              if (exchange.isTooLate()) {
                return Future.failedFuture(gone);
              }
              exchange.begin();
              return ask(exchange, asked);
            });
  }

  private Future<Void> ask(Exchange exchange, PullRequest.Blob asked) {
    return fetch
        .blob(new BlobRequest(asked.repository(), asked.digest(), exchange.isHead()))
        .compose(answer -> answer(exchange, asked, answer));
  }

  private Future<Void> answer(Exchange exchange, PullRequest.Blob asked, BlobAnswer answer) {
    return switch (answer) {
      case BlobAnswer.Found(Stored stored, var how) -> {
        known.put(asked, stored);
        yield answering.send(exchange, stored, how);
      }
      case BlobAnswer.Found(var location, var how) -> answering.send(exchange, location, how);
      case BlobAnswer.Upstream(var size) -> answering.headOnly(exchange, asked.digest(), size);
      case Refused refused -> exchange.refuse(OciError.of(refused));
    };
  }
}
