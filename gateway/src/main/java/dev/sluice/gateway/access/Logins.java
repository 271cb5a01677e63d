package dev.sluice.gateway.access;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds out who somebody is by the {@code Authorization} header they send. */
public final class Logins {

  /** The user name that goes with registry tokens; no user of the file may have it. */
  public static final String TOKEN_USER = "AWS";

  private final RegistryTokens tokens;
  private final BackOff backOff;
  private final Passwords passwords;

  /**
   * @param access what the operator grants now
   */
  public Logins(Clock clock, Supplier<AccessList> access, RegistryTokens tokens) {
    this.tokens = tokens;
    this.backOff = new BackOff(clock);
    this.passwords = new Passwords(clock, access, backOff, PasswordHash::matches);
  }

  /**
   * Judges a login. The answer is there at once for a registry token and for a password that was
   * right within the last minute; it comes on the caller's context in any case.
   *
   * @param address the client's, as text
   */
  public Future<Login> login(String authorization, String address) {
    Optional<BasicCredentials> shown = BasicCredentials.parse(authorization);
    if (shown.isEmpty()) {
      return Future.succeededFuture(new Login.Wrong());
    }
    return shown.get().name().equals(TOKEN_USER)
        ? Future.succeededFuture(byToken(shown.get().password(), address))
        : onThisContext(passwords.check(shown.get(), address));
  }

  /** A token cannot be guessed, so a right one passes however many wrong ones came before. */
  private Login byToken(String password, String address) {
    return switch (tokens.verify(password)) {
      case RegistryTokens.Known(var key) -> new Login.Known(key.principal());
      case RegistryTokens.Expired() -> new Login.Expired();
      case RegistryTokens.Unknown() -> {
        Duration wait = backOff.begin(TOKEN_USER, address);
        yield wait.isPositive() ? new Login.TooMany(wait) : new Login.Wrong();
      }
    };
  }

  private static Future<Login> onThisContext(Future<Login> login) {
    Context context = Vertx.currentContext();
    if (login.isComplete() || context == null) {
      return login;
    }
    Promise<Login> here = Promise.promise();
    login.onComplete(
        known -> context.runOnContext(_ -> here.complete(known)),
        bug -> context.runOnContext(_ -> here.fail(bug)));
    return here.future();
  }
}
