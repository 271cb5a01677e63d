package dev.sluice.gateway.registry;

import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;
import java.util.function.Function;

/**
 * Refuses what would write, and says where that is taken. Where the upstream is named, only those
 * learn it who may pull from the repository.
 */
final class PushHandler {

  private static final String REFUSAL = "Sluice is a cache and takes no pushes: push ";

  private final Gate gate;
  private final Function<RepositoryName, Optional<String>> upstreamOf;

  /**
   * @param upstreamOf the name of a repository at its upstream, with the registry; empty where no
   *     rule covers it
   */
  PushHandler(Gate gate, Function<RepositoryName, Optional<String>> upstreamOf) {
    this.gate = gate;
    this.upstreamOf = upstreamOf;
  }

  /**
   * @param hangUp whether a body follows, which nobody reads
   */
  Future<Void> refuse(Exchange exchange, boolean hangUp) {
    OciError elsewhere = refusal("to the upstream registry instead");
    Optional<RepositoryName> pushed = PullPath.pushed(exchange.request().path());
    return pushed.isEmpty()
        ? refuse(exchange, hangUp, elsewhere)
        : gate.pass(
            exchange,
            new PullRequest.Push(pushed.get()),
            () -> refuse(exchange, hangUp, named(pushed.get(), elsewhere)),
            refusal -> refuse(exchange, hangUp, elsewhere));
  }

  private OciError named(RepositoryName repository, OciError elsewhere) {
    return upstreamOf
        .apply(repository)
        .map(name -> refusal("to " + name + " instead, which " + repository + " is a copy of"))
        .orElse(elsewhere);
  }

  private static OciError refusal(String where) {
    return new OciError(405, "UNSUPPORTED", REFUSAL + where);
  }

  private static Future<Void> refuse(Exchange exchange, boolean hangUp, OciError error) {
    exchange.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
    return hangUp ? exchange.refuseAndHangUp(error) : exchange.refuse(error);
  }
}
