package dev.sluice.gateway.access;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Who may administer a node over plain HTTP: whoever logs in, as for the registry or with a key's
 * id and secret, and has the grant {@code admin}. On a node whose operator has named nobody at all,
 * clients on its own machine, as they may pull there.
 */
public final class AdminAccess {

  /**
   * By which a client on this machine calls it; a page of elsewhere that was lent this address does
   * not.
   */
  private static final Pattern OWN_NAME =
      Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

  /** What proxies add; who comes through one is not on this machine. */
  private static final List<String> OF_PROXIES = List.of("Forwarded", "X-Forwarded-For", "Via");

  private final PullAccess access;
  private final BooleanSupplier namesNobody;

  /** What became of a request. */
  public sealed interface Verdict {}

  /** It may be done; in the name of somebody, or of {@code -}. */
  public record Admitted(String name) implements Verdict {}

  /** Nobody knows who asks; why, and what to do. */
  public record Unknown(String why) implements Verdict {}

  /** It is known who asks, or from where, and that is not enough. */
  public record Forbidden(String why) implements Verdict {}

  /** The login was not looked at: too many are. */
  public record Unheard(Login login) implements Verdict {}

  /**
   * @param namesNobody whether the configuration lists no key and no users, be they usable or not
   */
  public AdminAccess(PullAccess access, BooleanSupplier namesNobody) {
    this.access = access;
    this.namesNobody = namesNobody;
  }

  /** What a 401 is answered with, by which clients know how to log in (RFC 7617). */
  public String challenge() {
    return "Basic realm=\"" + access.publicUrl() + "/\", charset=\"UTF-8\"";
  }

  /** Judges a request by its head; completes on the caller's context. */
  public Future<Verdict> judge(HttpServerRequest request) {
    if (isForeign(request)) {
      return Future.succeededFuture(
          new Forbidden("requests of other sites' pages are not answered here"));
    }
    List<String> logins = request.headers().getAll(HttpHeaders.AUTHORIZATION);
    if (logins.isEmpty()) {
      return Future.succeededFuture(withoutLogin(request));
    }
    return logins.size() > 1
        ? Future.succeededFuture(wrong())
        : access
            .logins()
            .loginByKeyToo(logins.getFirst(), request.remoteAddress().hostAddress())
            .map(AdminAccess::of);
  }

  /** Browsers say which page a request comes from; no other client has an origin. */
  private boolean isForeign(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return false;
    }
    String host = request.getHeader(HttpHeaders.HOST);
    return !isSame(origin, access.publicUrl())
        && !(origin.equalsIgnoreCase("http://" + host)
            || origin.equalsIgnoreCase("https://" + host));
  }

  private static boolean isSame(String origin, URI url) {
    return origin.equalsIgnoreCase(url.toString());
  }

  private Verdict withoutLogin(HttpServerRequest request) {
    if (!namesNobody.getAsBoolean()) {
      return new Unknown("log in as a user or with an access key that has the grant admin");
    }
    return isFromHere(request)
        ? new Admitted("-")
        : new Unknown(
            "this node has no keys and users, so it takes this from clients on its own machine"
                + " alone, while access.anonymous is loopback; name an access key or a user with"
                + " the grant admin under access in its configuration");
  }

  private boolean isFromHere(HttpServerRequest request) {
    String host = request.getHeader(HttpHeaders.HOST);
    return access.list().get().anonymous() == Anonymous.LOOPBACK
        && Anonymous.LOOPBACK.allows(request.remoteAddress().hostAddress())
        && OF_PROXIES.stream().noneMatch(request.headers()::contains)
        && host != null
        && OWN_NAME.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  private static Verdict of(Login login) {
    return switch (login) {
      case Login.Known(var who) when who.grants().admin() -> new Admitted(who.name());
      case Login.Known _ ->
          new Forbidden("this login does not have the grant admin, which the operator gives");
      case Login.Wrong() -> wrong();
      case Login.Expired() -> new Forbidden("this registry token has expired; get another");
      case Login.TooMany _, Login.Busy _ -> new Unheard(login);
    };
  }

  private static Verdict wrong() {
    return new Unknown("this login is wrong");
  }
}
