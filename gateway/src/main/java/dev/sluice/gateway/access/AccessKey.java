package dev.sluice.gateway.access;

/**
 * A key that signs requests to the ECR API.
 *
 * @param secret never printed
 */
public record AccessKey(String id, String secret, Grants grants) {

  @Override
  public String toString() {
    return "AccessKey[id=" + id + ", grants=" + grants + ']';
  }
}
