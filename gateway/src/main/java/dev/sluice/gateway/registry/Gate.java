package dev.sluice.gateway.registry;

import dev.sluice.gateway.access.Grants;
import dev.sluice.gateway.access.LayerTickets;
import dev.sluice.gateway.access.Login;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.metadata.RepositoryName;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The one gate before everything below {@code /v2/}. It decides by names alone, before anything is
 * looked up, so a refusal is the same for what is there and what is not.
 */
final class Gate {

  private final PullAccess access;
  private final String challenge;

  Gate(PullAccess access) {
    this.access = access;
    // The realm is what the operator calls this node, never what a Host header does.
    this.challenge = "Basic realm=\"" + access.publicUrl() + "/\",service=\"sluice\"";
  }

  /** Lets a request through to its handler, or answers it. */
  Future<Void> pass(Exchange exchange, PullRequest pull, Supplier<Future<Void>> handler) {
    return pass(exchange, pull, handler, refusal -> refuse(exchange, refusal));
  }

  /** Lets a request through to its handler, or to another one with the reason. */
  Future<Void> pass(
      Exchange exchange,
      PullRequest pull,
      Supplier<Future<Void>> handler,
      Function<OciError, Future<Void>> refused) {
    List<String> logins = exchange.request().headers().getAll(HttpHeaders.AUTHORIZATION);
    if (logins.isEmpty()) {
      OciError refusal = withoutLogin(exchange, pull);
      return refusal == null ? handler.get() : refused.apply(refusal);
    }
    if (logins.size() > 1) {
      return refused.apply(OciError.unauthorized());
    }
    return access
        .logins()
        .login(logins.getFirst(), exchange.address())
        .compose(
            login -> {
              OciError refusal = withLogin(login, exchange, pull);
              return refusal == null ? handler.get() : refused.apply(refusal);
            });
  }

  /** Why a client that shows no login may not go on; null where it may. */
  private OciError withoutLogin(Exchange exchange, PullRequest pull) {
    if (pull instanceof PullRequest.Blob(var repository, var digest)
        && exchange.request().query() != null) {
      String ticket = ticket(exchange);
      if (ticket != null) {
        boolean isGood = access.tickets().admits(ticket, repository, digest);
        return isGood ? null : OciError.badTicket();
      }
    }
    RepositoryName repository = pull.repository();
    boolean isIn =
        repository == null
            ? !pull.isForAdmins() && !access.needsLogin(exchange.address())
            : access.admits(exchange.address(), repository);
    return isIn ? null : OciError.unauthorized();
  }

  /** What a client shows for one blob; null for nothing, and where the query is broken. */
  private static String ticket(Exchange exchange) {
    try {
      return exchange.request().getParam(LayerTickets.PARAMETER);
    } catch (IllegalArgumentException brokenEscape) {
      return null;
    }
  }

  /** The same of one that shows a login. A wrong one is refused even where none would be needed. */
  private OciError withLogin(Login login, Exchange exchange, PullRequest pull) {
    return switch (login) {
      case Login.Known(var principal) -> {
        exchange.notes().by(principal.name());
        yield pull.isForAdmins() && !principal.grants().admin()
            ? OciError.forAdmins()
            : granted(principal.grants(), exchange, pull.repository());
      }
      case Login.Wrong() -> OciError.unauthorized();
      case Login.Expired() -> OciError.expired();
      case Login.TooMany(var wait) -> OciError.tooManyLogins(wait);
      case Login.Busy(var wait) -> OciError.busyWithLogins(wait);
    };
  }

  /** Who logs in may do no less than who does not: docker logs in everywhere or nowhere. */
  private OciError granted(Grants grants, Exchange exchange, RepositoryName repository) {
    boolean isGranted =
        repository == null
            || grants.mayPull(repository)
            || access.admits(exchange.address(), repository);
    return isGranted ? null : OciError.denied();
  }

  private Future<Void> refuse(Exchange exchange, OciError refusal) {
    if (refusal.status() == 401) {
      exchange.response().putHeader("WWW-Authenticate", challenge);
    }
    return exchange.refuse(refusal);
  }
}
