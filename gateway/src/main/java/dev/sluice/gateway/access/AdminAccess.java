package dev.sluice.gateway.access;

import io.vertx.core.Future;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * Who may look at a node over plain HTTP, and who may administer it: whoever logs in, as for the
 * registry, with a key's id and secret, or by a {@link Sessions session}; the latter with the grant
 * {@code admin} only. On a node whose operator has named nobody at all, clients on its own machine,
 * as they may pull there.
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

  private static final Forbidden FOREIGN =
      new Forbidden("requests of other sites' pages are not answered here");

  private final PullAccess access;
  private final BooleanSupplier namesNobody;
  private final Sessions sessions;

  /** What became of a request. */
  public sealed interface Verdict {}

  /** It may be done. */
  public record Admitted(Visitor who) implements Verdict {}

  /** Nobody knows who asks; why, and what to do. */
  public record Unknown(String why) implements Verdict {}

  /** It is known who asks, or from where, and that is not enough. */
  public record Forbidden(String why) implements Verdict {}

  /** The login was not looked at: too many are. */
  public record Unheard(Login login) implements Verdict {}

  /**
   * @param namesNobody whether the configuration lists no key and no users, be they usable or not
   */
  public AdminAccess(PullAccess access, BooleanSupplier namesNobody, Sessions sessions) {
    this.access = access;
    this.namesNobody = namesNobody;
    this.sessions = sessions;
  }

  /** What a 401 is answered with, by which clients know how to log in (RFC 7617). */
  public String challenge() {
    return "Basic realm=\"" + access.publicUrl() + "/\", charset=\"UTF-8\"";
  }

  /** Whether a page has sent this: then a 401 must not have the browser ask for a password. */
  public static boolean isOfPage(HttpServerRequest request) {
    return request.getCookie(Sessions.COOKIE) != null
        || request.headers().contains("Origin")
        || request.headers().contains("Sec-Fetch-Mode");
  }

  /** Judges by its head who may administer; completes on the caller's context. */
  public Future<Verdict> judge(HttpServerRequest request) {
    return visitor(request)
        .map(
            verdict ->
                verdict instanceof Admitted(var who) && !who.isAdmin()
                    ? new Forbidden(
                        "this login does not have the grant admin, which the operator gives")
                    : verdict);
  }

  /** Judges a request by its head, whatever they may do whom it comes from. */
  public Future<Verdict> visitor(HttpServerRequest request) {
    if (isForeign(request)) {
      return Future.succeededFuture(FOREIGN);
    }
    List<String> logins = request.headers().getAll(HttpHeaders.AUTHORIZATION);
    if (logins.isEmpty()) {
      return Future.succeededFuture(bySession(request));
    }
    return logins.size() > 1
        ? Future.succeededFuture(wrong())
        : access
            .logins()
            .loginByKeyToo(logins.getFirst(), request.remoteAddress().hostAddress())
            .map(this::of);
  }

  /** Judges a name and a password that came otherwise than by a header. */
  public Future<Verdict> login(HttpServerRequest request, String name, String password) {
    return isForeign(request)
        ? Future.succeededFuture(FOREIGN)
        : access
            .logins()
            .loginByKeyToo(name, password, request.remoteAddress().hostAddress())
            .map(this::of);
  }

  /** Somebody who was let in a while ago, as they would be now; empty where they would not. */
  public Optional<Visitor> again(Visitor before) {
    if (before.isAnonymous()) {
      return isOpenHere() ? Optional.of(before) : Optional.empty();
    }
    return sessions.find(before.session()).map(now -> new Visitor(now, before.session()));
  }

  /** A browser sends its cookies along with whatever any page asks, so the page must be ours. */
  private Verdict bySession(HttpServerRequest request) {
    Cookie cookie = request.getCookie(Sessions.COOKIE);
    if (cookie == null) {
      return withoutLogin(request);
    }
    Optional<Principal> principal = sessions.find(cookie.getValue());
    if (principal.isEmpty()) {
      return withoutLogin(request);
    }
    boolean isRead =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    return isRead || request.headers().contains("Origin")
        ? new Admitted(new Visitor(principal.get(), cookie.getValue()))
        : FOREIGN;
  }

  /** Browsers say which page a request comes from; no other client has an origin. */
  public boolean isForeign(HttpServerRequest request) {
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
        ? new Admitted(Visitor.OF_THIS_MACHINE)
        : new Unknown(
            "this node has no keys and users, so it takes this from clients on its own machine"
                + " alone, while access.anonymous is loopback; name an access key or a user with"
                + " the grant admin under access in its configuration");
  }

  private boolean isOpenHere() {
    return namesNobody.getAsBoolean() && access.list().get().anonymous() == Anonymous.LOOPBACK;
  }

  private boolean isFromHere(HttpServerRequest request) {
    String host = request.getHeader(HttpHeaders.HOST);
    return isOpenHere()
        && Anonymous.LOOPBACK.allows(request.remoteAddress().hostAddress())
        && OF_PROXIES.stream().noneMatch(request.headers()::contains)
        && host != null
        && OWN_NAME.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  private Verdict of(Login login) {
    return switch (login) {
      case Login.Known(var who) ->
          sessions
              .begin(who)
              .<Verdict>map(session -> new Admitted(new Visitor(who, session)))
              .orElseGet(AdminAccess::wrong);
      case Login.Wrong() -> wrong();
      case Login.Expired() -> new Forbidden("this registry token has expired; get another");
      case Login.TooMany _, Login.Busy _ -> new Unheard(login);
    };
  }

  private static Verdict wrong() {
    return new Unknown("this login is wrong");
  }
}
