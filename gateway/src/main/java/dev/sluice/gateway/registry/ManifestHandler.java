package dev.sluice.gateway.registry;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.FetchService;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.ManifestRequest;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.BlobLocation;
import dev.sluice.storage.Blobs;
import dev.sluice.storage.ByteRange;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;

/** Answers manifests: from memory while they are usable, else as the fetcher says. */
final class ManifestHandler {

  /** In bytes; larger ones are too many clients' worth of memory. */
  private static final long LARGEST_IN_MEMORY = 256 << 10;

  private final FetchService fetch;
  private final Blobs blobs;
  private final ManifestMemory memory;
  private final NotedPulls pulls;
  private final Clock clock;

  ManifestHandler(FetchService fetch, Blobs blobs, AnswerMemory memory, Clock clock) {
    this.fetch = fetch;
    this.blobs = blobs;
    this.memory = memory.manifests();
    this.pulls = new NotedPulls(fetch, memory, clock);
    this.clock = clock;
  }

  Future<Void> handle(Exchange exchange, PullRequest.Manifest asked) {
    ManifestRequest request = new ManifestRequest(asked.repository(), asked.reference());
    Instant now = clock.instant();
    ManifestPage known = memory.find(request, now);
    if (known != null) {
      Provenance how = known.found().staleReason().isPresent() ? Provenance.STALE : Provenance.HIT;
      note(exchange, asked.repository(), known, now);
      return answer(exchange, known, how, now);
    }
    return ask(exchange, request, now)
        .recover(
            gone -> {
              // What was found here was damaged, or has made room for others: it is fetched now.
              if (!(gone instanceof NoSuchFileException) || exchange.isTooLate()) {
                return Future.failedFuture(gone);
              }
              exchange.begin();
              return ask(exchange, request, now);
            });
  }

  private Future<Void> ask(Exchange exchange, ManifestRequest request, Instant now) {
    long changes = memory.changes();
    return exchange
        .notes()
        .ask(() -> fetch.manifest(request))
        .compose(
            answer ->
                switch (answer) {
                  case Found found -> {
                    if (!exchange.isHead()) {
                      pulls.pulled(request.repository(), found.manifest().digest(), now);
                    }
                    yield load(exchange, request, found, changes);
                  }
                  case Refused refused -> exchange.refuse(OciError.of(refused));
                });
  }

  /** A page from memory that was noted within the hour costs a look at the clock. */
  private void note(Exchange exchange, RepositoryName repository, ManifestPage page, Instant now) {
    if (!exchange.isHead() && !page.note().covers(now)) {
      page.note(pulls.pulled(repository, page.found().manifest().digest(), now));
    }
  }

  private Future<Void> load(Exchange exchange, ManifestRequest request, Found found, long changes) {
    if (found.manifest().size() > LARGEST_IN_MEMORY) {
      return sendLarge(exchange, found);
    }
    return blobs
        .read(found.manifest().digest())
        .compose(
            body -> {
              Instant now = clock.instant();
              ManifestPage page = new ManifestPage(found, now, body.length(), body);
              memory.keep(request, page, changes);
              return answer(exchange, page, found.provenance(), now);
            });
  }

  /** A manifest of a size that hardly any has goes from the file to the socket, as blobs do. */
  private Future<Void> sendLarge(Exchange exchange, Found found) {
    Descriptor manifest = found.manifest();
    Instant now = clock.instant();
    ManifestPage head = new ManifestPage(found, now, manifest.size(), Buffer.buffer());
    if (!describe(exchange, head, found.provenance(), now) || exchange.isHead()) {
      return exchange.response().end();
    }
    exchange.notes().carries(manifest.size());
    return blobs.send(
        new BlobLocation.Stored(manifest.digest(), manifest.size()),
        ByteRange.whole(manifest.size()),
        exchange.request());
  }

  private static Future<Void> answer(
      Exchange exchange, ManifestPage page, Provenance how, Instant now) {
    boolean body = describe(exchange, page, how, now) && !exchange.isHead();
    return body ? exchange.response().end(page.body()) : exchange.response().end();
  }

  /** Sets status and headers; false where the client has these very bytes already. */
  private static boolean describe(
      Exchange exchange, ManifestPage page, Provenance how, Instant now) {
    HttpServerResponse response = exchange.response();
    exchange.tookFrom(how);
    response
        .putHeader("Docker-Content-Digest", page.digest())
        .putHeader(HttpHeaders.ETAG, page.etag());
    page.found()
        .checkedAt()
        .ifPresent(
            at -> {
              long age = Math.max(0, now.getEpochSecond() - at.getEpochSecond());
              response.putHeader(HttpHeaders.AGE, Long.toString(age));
            });
    page.found().staleReason().ifPresent(exchange::warn);
    if (Etag.matches(exchange.header(HttpHeaders.IF_NONE_MATCH), page.etag())) {
      response.setStatusCode(304);
      return false;
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, page.found().manifest().mediaType())
        .putHeader(HttpHeaders.CONTENT_LENGTH, page.length());
    return true;
  }
}
