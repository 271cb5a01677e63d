package dev.sluice.gateway.ecr;

import dev.sluice.gateway.GatewayMetrics;
import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.AccessList;
import dev.sluice.gateway.access.ClientNetwork;
import dev.sluice.gateway.access.Visitor;
import dev.sluice.gateway.ecr.EcrAnswer.Failed;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where requests of the ECR API enter ({@code POST /}). Deployed once, on a virtual thread: heads
 * are judged and bodies read on the event loops, everything is decided here, each request as a task
 * of its own. A place among those takes only who has shown to hold a key.
 */
public final class EcrEdge extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(EcrEdge.class);

  private static final Failed THROTTLED =
      new Failed(ErrorType.THROTTLING, "Too many requests at once; send this one again.");

  private final Parts parts;
  private final HeadCheck heads;
  private final CallLog log;
  private final EcrLimits limits;
  private final BodyPlaces bodies;
  private final Semaphore free;
  private Decider decisions;

  /**
   * What the edge stands on.
   *
   * @param access what the operator grants at this moment
   * @param operations all that there are; any other is unknown
   * @param logRequests whether each request gets a line in the log
   */
  public record Parts(
      Supplier<AccessList> access,
      Registry registry,
      List<Operation<?>> operations,
      Clock clock,
      GatewayMetrics metrics,
      boolean logRequests) {

    /** Copies the list. */
    public Parts {
      operations = List.copyOf(operations);
    }
  }

  private record Call(Operation<?> operation, Caller caller) {}

  /** Ready once deployed. */
  public EcrEdge(Parts parts) {
    this(parts, EcrLimits.USUAL);
  }

  /** The same with other limits. */
  EcrEdge(Parts parts, EcrLimits limits) {
    this.parts = parts;
    this.limits = limits;
    bodies = new BodyPlaces(limits.bodies(), limits.bodiesOfOne());
    free = new Semaphore(limits.atOnce());
    SignatureCheck signatures = new SignatureCheck(id -> parts.access.get().key(id), parts.clock);
    heads = new HeadCheck(parts.registry, parts.operations, signatures);
    log = new CallLog(parts.metrics, parts.logRequests);
  }

  @Override
  public Future<?> start() {
    decisions = new Decider(vertx, context);
    return Future.succeededFuture();
  }

  /** Answers a request, whatever it is; no failure of ours leaves a client hanging. */
  public void handle(HttpServerRequest request) {
    EcrExchange exchange = new EcrExchange(request, parts.clock);
    finish(exchange, () -> signed(exchange));
  }

  /**
   * Answers a request that is not signed, of somebody who has logged in.
   *
   * @param request paused; its body is the operation's parameters
   * @param operation its name, as the client sent it
   */
  public void handle(HttpServerRequest request, String operation, Visitor visitor) {
    EcrExchange exchange = new EcrExchange(request, parts.clock);
    finish(exchange, () -> unsigned(exchange, operation, visitor));
  }

  private void finish(EcrExchange exchange, Supplier<Future<EcrAnswer>> answering) {
    Future<EcrAnswer> answer;
    try {
      answer = answering.get();
    } catch (RuntimeException bug) {
      answer = Future.failedFuture(bug);
    }
    answer
        .otherwise(failure -> bug(exchange, failure))
        .compose(exchange::send)
        .onComplete(end -> log.ended(exchange, end.succeeded()));
  }

  private Future<EcrAnswer> signed(EcrExchange exchange) {
    HeadCheck.Verdict verdict = heads.judge(exchange.request());
    if (!(verdict instanceof HeadCheck.Accepted call)) {
      HeadCheck.Refused refused = (HeadCheck.Refused) verdict;
      refused.operation().ifPresent(exchange::is);
      return Future.succeededFuture(refused.failed());
    }
    Call asked = new Call(call.operation(), Caller.of(call.claim().key()));
    return answer(exchange, asked, () -> proved(exchange, call.claim()));
  }

  private Future<EcrAnswer> unsigned(EcrExchange exchange, String name, Visitor visitor) {
    Optional<Operation<?>> operation = heads.operation(name);
    if (operation.isEmpty()) {
      return Future.succeededFuture(HeadCheck.UNKNOWN);
    }
    exchange.provedBy(visitor.name());
    Optional<AccessKey> key =
        parts
            .access
            .get()
            .key(visitor.name())
            .filter(one -> one.principal().equals(visitor.principal()));
    return answer(
        exchange,
        new Call(operation.get(), new Caller(visitor.principal(), key)),
        () -> {
          Future<RequestBody> body = RequestBody.read(exchange.request(), limits.body());
          exchange.request().resume();
          return body;
        });
  }

  private Future<EcrAnswer> answer(
      EcrExchange exchange, Call call, Supplier<Future<RequestBody>> reading) {
    exchange.is(call.operation.name());
    String client = ClientNetwork.of(exchange.request().remoteAddress().hostAddress());
    if (!bodies.take(client)) {
      return Future.succeededFuture(THROTTLED);
    }
    return reading
        .get()
        .onComplete(end -> bodies.giveBack(client))
        .compose(
            body ->
                switch (body) {
                  case RequestBody.Unusable(var failed) -> Future.succeededFuture(failed);
                  case RequestBody.Whole(var bytes) -> decide(call, bytes);
                })
        .timeout(limits.answer().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The body, which proves the claim. */
  private Future<RequestBody> proved(EcrExchange exchange, Claim claim) {
    return RequestBody.read(exchange.request(), limits.body())
        .compose(
            body ->
                body instanceof RequestBody.Whole(var bytes)
                    ? decisions.task(() -> claim.proof(exchange, bytes))
                    : Future.succeededFuture(body));
  }

  private Future<EcrAnswer> decide(Call call, byte[] body) {
    if (!free.tryAcquire()) {
      return Future.succeededFuture(THROTTLED);
    }
    return decisions
        .<EcrAnswer>task(
            () ->
                switch (RequestJson.read(body)) {
                  case RequestJson.Unreadable(var failed) -> failed;
                  case RequestJson.Read(var json) ->
                      call.operation.answer(
                          parts.registry, call.caller, Members.of(json, parts.registry));
                })
        .onComplete(end -> free.release());
  }

  private static EcrAnswer bug(EcrExchange exchange, Throwable failure) {
    LOG.error("cannot answer {} ({})", exchange.operation(), exchange.requestId(), failure);
    return Failed.server();
  }
}
