package dev.sluice.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds out who somebody is by the {@code Authorization} header they send. */
public final class Logins {

  /** The user name that goes with registry tokens; no user of the file may have it. */
  public static final String TOKEN_USER = "AWS";

  private final Supplier<AccessList> access;
  private final RegistryTokens tokens;
  private final BackOff backOff;
  private final Passwords passwords;

  /**
   * @param access what the operator grants now
   */
  public Logins(Clock clock, Supplier<AccessList> access, RegistryTokens tokens) {
    this.access = access;
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
    return BasicCredentials.parse(authorization)
        .map(shown -> login(shown, address))
        .orElseGet(() -> Future.succeededFuture(new Login.Wrong()));
  }

  private Future<Login> login(BasicCredentials shown, String address) {
    return shown.name().equals(TOKEN_USER)
        ? Future.succeededFuture(byToken(shown.password(), address))
        : onThisContext(passwords.check(shown, address));
  }

  /**
   * The same for what is no registry: the id of an access key and its secret are taken, too. Docker
   * would keep them, which registry tokens are there to avoid.
   */
  public Future<Login> loginByKeyToo(String authorization, String address) {
    return BasicCredentials.parse(authorization)
        .map(shown -> byKeyToo(shown, address))
        .orElseGet(() -> Future.succeededFuture(new Login.Wrong()));
  }

  /** The same of a name and a password as they are; a registry token is no password for this. */
  public Future<Login> loginByKeyToo(String name, String password, String address) {
    return name.isEmpty() || password.isEmpty() || name.equals(TOKEN_USER)
        ? Future.succeededFuture(new Login.Wrong())
        : byKeyToo(new BasicCredentials(name, password), address);
  }

  private Future<Login> byKeyToo(BasicCredentials shown, String address) {
    Optional<AccessKey> key = access.get().key(shown.name());
    return key.isPresent()
        ? Future.succeededFuture(byKey(key.get(), shown.password(), address))
        : login(shown, address);
  }

  private Login byKey(AccessKey key, String secret, String address) {
    Duration wait = backOff.begin(key.id(), address);
    if (wait.isPositive()) {
      return new Login.TooMany(wait);
    }
    if (!MessageDigest.isEqual(secret.getBytes(UTF_8), key.secret().getBytes(UTF_8))) {
      backOff.wrong(address);
      return new Login.Wrong();
    }
    backOff.right(key.id(), address);
    return new Login.Known(key.principal());
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
