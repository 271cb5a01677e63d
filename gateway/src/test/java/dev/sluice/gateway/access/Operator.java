package dev.sluice.gateway.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.sluice.gateway.live.SettableClock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/** An operator who changes what is granted while a node runs. */
public final class Operator implements Supplier<AccessList> {

  /** The cheapest that bcrypt has. */
  private static final int COST = 4;

  public final SettableClock clock = new SettableClock();
  private final List<AccessKey> keys = new ArrayList<>();
  private final List<User> users = new ArrayList<>();
  private volatile AccessList list = AccessList.of(Anonymous.NONE, List.of(), List.of());

  @Override
  public AccessList get() {
    return list;
  }

  /** Lets clients of this kind in without a login. */
  public Operator anonymous(Anonymous anonymous) {
    list = AccessList.of(anonymous, keys, users);
    return this;
  }

  /** Lists a key with this secret from now on, in place of another of its id. */
  public AccessKey key(String id, String secret, String... grants) {
    AccessKey key = new AccessKey(id, secret, Grants.of(List.of(grants)));
    removeKey(id);
    keys.add(key);
    return publish(key);
  }

  /** Lists a key no longer. */
  public void removeKey(String id) {
    keys.removeIf(key -> key.id().equals(id));
    publish(id);
  }

  /** Lists a user with this password from now on, in place of another of the name. */
  public User user(String name, String password, String... grants) {
    String hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(COST, password.toCharArray());
    return user(new User(name, hash, Grants.of(List.of(grants))));
  }

  /** Lists this user from now on, in place of another of the name. */
  public User user(User user) {
    removeUser(user.name());
    users.add(user);
    return publish(user);
  }

  /** Lists a user no longer. */
  public void removeUser(String name) {
    users.removeIf(user -> user.name().equals(name));
    publish(name);
  }

  private <T> T publish(T changed) {
    list = AccessList.of(list.anonymous(), keys, users);
    return changed;
  }

  /** The value of an {@code Authorization} header. */
  public static String basic(String name, String password) {
    byte[] pair = (name + ':' + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }
}
