package dev.sluice.deploy.config;

/** A user name and an access token for an upstream; the token is never printed. */
public record UpstreamCredential(String username, String accessToken) {
  @Override
  public String toString() {
    return "UpstreamCredential[username=" + username + ", accessToken=(hidden)]";
  }
}
