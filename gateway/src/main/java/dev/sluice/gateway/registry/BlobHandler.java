package dev.sluice.gateway.registry;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.FetchService;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.storage.BlobLocation.Stored;
import io.vertx.core.Future;

/** Answers blobs: those that this node has answered before at once, else as the fetcher says. */
final class BlobHandler {

  private final FetchService fetch;
  private final BlobAnswering answering;
  private final BlobMemory memory;

  BlobHandler(FetchService fetch, BlobAnswering answering, BlobMemory memory) {
    this.fetch = fetch;
    this.answering = answering;
    this.memory = memory;
  }

  Future<Void> handle(Exchange exchange, PullRequest.Blob asked) {
    Stored stored = memory.find(asked);
    if (stored == null) {
      return ask(exchange, asked);
    }
    return answering
        .send(exchange, stored, Provenance.HIT)
        .recover(
            gone -> {
              memory.forget(asked);
              if (exchange.isTooLate()) {
                return Future.failedFuture(gone);
              }
              exchange.begin();
              return ask(exchange, asked);
            });
  }

  private Future<Void> ask(Exchange exchange, PullRequest.Blob asked) {
    long deletions = memory.deletions();
    return fetch
        .blob(new BlobRequest(asked.repository(), asked.digest(), exchange.isHead()))
        .compose(
            answer -> {
              if (answer instanceof BlobAnswer.Found(Stored stored, _)) {
                memory.keep(asked, stored, deletions);
              }
              return answer(exchange, asked, answer);
            });
  }

  private Future<Void> answer(Exchange exchange, PullRequest.Blob asked, BlobAnswer answer) {
    return switch (answer) {
      case BlobAnswer.Found(var location, var how) -> answering.send(exchange, location, how);
      case BlobAnswer.Upstream(var size) -> answering.headOnly(exchange, asked.digest(), size);
      case BlobAnswer.Linked(var link) -> answering.elsewhere(exchange, asked.digest(), link);
      case Refused refused -> exchange.refuse(OciError.of(refused));
    };
  }
}
