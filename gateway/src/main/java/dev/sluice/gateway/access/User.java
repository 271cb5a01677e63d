package dev.sluice.gateway.access;

/**
 * Somebody with a password.
 *
 * @param hash of the password, by bcrypt in its usual text form, {@code $2y$10$...}
 */
public record User(String name, String hash, Grants grants) {

  /** Who logs in with this name. */
  public Principal principal() {
    return new Principal(name, grants);
  }

  /** Leaves the hash out. */
  @Override
  public String toString() {
    return "User[" + name + ", " + grants + ']';
  }
}
