package dev.sluice.gateway.registry;

import dev.sluice.fetcher.FetchService;
import dev.sluice.fetcher.Tracing;
import dev.sluice.gateway.GatewayMetrics;
import dev.sluice.gateway.RequestLine;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Blobs;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where registry requests enter: parsed once, let in or not, handed to who answers them. */
public final class RegistryEdge {

  private static final Logger LOG = LoggerFactory.getLogger(RegistryEdge.class);

  private final Addressing addressing;
  private final Gate gate;
  private final ManifestHandler manifests;
  private final BlobHandler blobs;
  private final TagsHandler tags;
  private final ReferrersHandler referrers;
  private final CatalogHandler catalog;
  private final PushHandler pushes;
  private final Tracing tracing;
  private final RequestLog log;

  /**
   * What the edge stands on.
   *
   * @param memory hears from the fetcher which names have changed
   * @param access decides who may pull what
   * @param redirects who may be sent to the archive
   * @param telling what is told of each request
   */
  public record Parts(
      FetchService fetch,
      Blobs blobs,
      AnswerMemory memory,
      PullAccess access,
      Clock clock,
      GatewayMetrics metrics,
      Redirects redirects,
      Telling telling) {}

  /**
   * What is told of each request, besides what is counted.
   *
   * @param tracing keeps its trace
   * @param ruleOf the prefix of the rule that a repository belongs to, for people
   * @param upstreamOf the name of a repository at its upstream, with the registry, for people
   * @param lines of the log
   */
  public record Telling(
      Tracing tracing,
      Function<RepositoryName, Optional<String>> ruleOf,
      Function<RepositoryName, Optional<String>> upstreamOf,
      RequestLine.Taker lines) {

    /** Nothing. */
    public static final Telling NOTHING =
        new Telling(
            Tracing.OFF,
            name -> Optional.empty(),
            name -> Optional.empty(),
            RequestLine.Taker.NONE);
  }

  /** One that is addressed by name only. */
  public RegistryEdge(Parts parts) {
    this(parts, Addressing.BY_NAME);
  }

  /** Shared by all event loops. */
  public RegistryEdge(Parts parts, Addressing addressing) {
    this.addressing = addressing;
    this.gate = new Gate(parts.access);
    this.manifests = new ManifestHandler(parts.fetch, parts.blobs, parts.memory, parts.clock);
    BlobAnswering answering = new BlobAnswering(parts.blobs);
    var elsewhere = new BlobHandler.Elsewhere(parts.redirects, new GivenLinks(parts.clock));
    this.blobs = new BlobHandler(parts.fetch, answering, parts.memory.blobs(), elsewhere);
    this.tags = new TagsHandler(parts.fetch);
    this.referrers = new ReferrersHandler(parts.fetch);
    this.catalog = new CatalogHandler(parts.fetch);
    this.pushes = new PushHandler(gate, parts.telling.upstreamOf);
    this.tracing = parts.telling.tracing;
    this.log = new RequestLog(parts.metrics, parts.clock, parts.telling);
  }

  /** Answers a request, whatever it is; no failure of ours leaves a client hanging. */
  public void handle(HttpServerRequest request) {
    Exchange exchange = new Exchange(request, RequestIds.of(request));
    Future<Void> answered;
    try {
      answered = route(exchange);
    } catch (RuntimeException bug) {
      answered = Future.failedFuture(bug);
    }
    answered
        .recover(failure -> giveUp(exchange, failure))
        .onComplete(end -> log.ended(exchange, end.succeeded()));
  }

  private Future<Void> route(Exchange exchange) {
    RequestForm form = new RequestForm(exchange.request());
    exchange.begin();
    OciError flaw = form.flaw();
    if (flaw != null) {
      return exchange.refuseAndHangUp(flaw);
    }
    if (form.hasPath() && form.isPull() && !form.hasBody()) {
      return answer(exchange, addressing.read(exchange));
    }
    if (form.hasPath() && form.isPush()) {
      return pushes.refuse(exchange, form.hasBody());
    }
    // A target that is no path, or a body, may be a trick: what follows it is not read.
    return exchange.refuseAndHangUp(notPlain());
  }

  private static OciError notPlain() {
    return new OciError(400, "UNSUPPORTED", "send a plain GET or HEAD of a path, without a body");
  }

  private Future<Void> answer(Exchange exchange, PullRequest pull) {
    exchange.notes().is(pull, tracing);
    return gate.pass(exchange, pull, () -> serve(exchange, pull));
  }

  private Future<Void> serve(Exchange exchange, PullRequest pull) {
    return switch (pull) {
      case PullRequest.Ping() -> ping(exchange);
      case PullRequest.Manifest manifest -> manifests.handle(exchange, manifest);
      case PullRequest.Blob blob -> blobs.handle(exchange, blob);
      case PullRequest.Tags list -> tags.handle(exchange, list);
      case PullRequest.Referrers list -> referrers.handle(exchange, list);
      case PullRequest.Catalog list -> catalog.handle(exchange, list);
      case PullRequest.Push _ -> pushes.refuse(exchange, false);
      case PullRequest.Malformed(var error) -> exchange.refuse(error);
    };
  }

  private static Future<Void> ping(Exchange exchange) {
    exchange
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CONTENT_LENGTH, "2");
    return exchange.isHead() ? exchange.response().end() : exchange.response().end("{}");
  }

  /**
   * A failure before the head is a bug of ours, a broken machine, or a blob that is here no longer;
   * after it, a cut.
   */
  private static Future<Void> giveUp(Exchange exchange, Throwable failure) {
    if (exchange.isTooLate()) {
      return Future.failedFuture(failure);
    }
    exchange.begin();
    if (failure instanceof NoSuchFileException) {
      return exchange.refuse(OciError.vanished());
    }
    LOG.error("cannot answer {}", RequestLog.printable(exchange.request().uri()), failure);
    return exchange.refuse(OciError.internal());
  }
}
