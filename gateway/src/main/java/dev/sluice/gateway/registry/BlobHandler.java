package dev.sluice.gateway.registry;

import dev.sluice.fetcher.BlobAnswer;
import dev.sluice.fetcher.BlobRequest;
import dev.sluice.fetcher.BlobRequest.Way;
import dev.sluice.fetcher.FetchService;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.storage.BlobLocation.Stored;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpVersion;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** Answers blobs: those that this node has answered before at once, else as the fetcher says. */
final class BlobHandler {

  /** RFC 9110 section 13.1: they are about our ETag, which a bucket does not know. */
  private static final List<String> CONDITIONS =
      List.of("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range");

  private final FetchService fetch;
  private final BlobAnswering answering;
  private final BlobMemory memory;
  private final Redirects redirects;
  private final GivenLinks links;

  /** What is sent elsewhere, and who has been. */
  record Elsewhere(Redirects redirects, GivenLinks links) {}

  BlobHandler(FetchService fetch, BlobAnswering answering, BlobMemory memory, Elsewhere elsewhere) {
    this.fetch = fetch;
    this.answering = answering;
    this.memory = memory;
    this.redirects = elsewhere.redirects;
    this.links = elsewhere.links;
  }

  Future<Void> handle(Exchange exchange, PullRequest.Blob asked) {
    if (redirects != Redirects.NONE && mayGoElsewhere(exchange, asked)) {
      boolean isBack = links.isBack(exchange, asked.digest());
      return askUntilHere(exchange, asked, isBack ? Way.BACK_FROM_ELSEWHERE : Way.ELSEWHERE);
    }
    Stored stored = memory.find(asked);
    if (stored == null) {
      return askUntilHere(exchange, asked, Way.HERE);
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
              return askUntilHere(exchange, asked, Way.HERE);
            });
  }

  /** Asks once more where what was found has made room for others before it was opened. */
  private Future<Void> askUntilHere(Exchange exchange, PullRequest.Blob asked, Way way) {
    return ask(exchange, asked, way)
        .recover(
            gone -> {
              if (!(gone instanceof NoSuchFileException) || exchange.isTooLate()) {
                return Future.failedFuture(gone);
              }
              memory.forget(asked);
              exchange.begin();
              return ask(exchange, asked, way);
            });
  }

  /** Only a request that every server of bytes answers alike is one for another to answer. */
  private boolean mayGoElsewhere(Exchange exchange, PullRequest.Blob asked) {
    MultiMap headers = exchange.request().headers();
    return !exchange.isHead()
        && exchange.request().version() != HttpVersion.HTTP_1_0
        && CONDITIONS.stream().noneMatch(headers::contains)
        && RangeHeader.isPlain(headers.getAll("Range"))
        && redirects.allow(asked.repository(), exchange.address());
  }

  private Future<Void> ask(Exchange exchange, PullRequest.Blob asked, Way way) {
    long deletions = memory.deletions();
    var request = new BlobRequest(asked.repository(), asked.digest(), exchange.isHead(), way);
    return exchange
        .notes()
        .ask(() -> fetch.blob(request))
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
      case BlobAnswer.Linked(var link) -> {
        links.give(exchange, asked.digest());
        yield answering.elsewhere(exchange, asked.digest(), link);
      }
      case Refused refused -> exchange.refuse(OciError.of(refused));
    };
  }
}
