package dev.sluice.gateway.access;

/**
 * A key that signs requests of the ECR API, and from which registry tokens are made.
 *
 * @param id in the clear in every signed request
 * @param secret that only the key's holder and this configuration know
 */
public record AccessKey(String id, String secret, Grants grants) {

  /** Who signs with this key. */
  public Principal principal() {
    return new Principal(id, grants);
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "AccessKey[" + id + ", " + grants + ']';
  }
}
