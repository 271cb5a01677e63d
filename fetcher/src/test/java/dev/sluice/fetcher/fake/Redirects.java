package dev.sluice.fetcher.fake;

/**
 * How the registry sends clients to its CDN for blobs.
 *
 * @param status 301, 302, 303, 307 or 308
 * @param relative whether the Location is a path, and so leads to the registry's own port
 * @param hops how many redirects until the bytes; at least 1
 * @param looping whether the bytes are never reached
 */
public record Redirects(int status, boolean relative, int hops, boolean looping) {

  /** One 307 with an absolute Location. */
  public static Redirects plain() {
    return new Redirects(307, false, 1, false);
  }

  /** With this status. */
  public Redirects status(int other) {
    return new Redirects(other, relative, hops, looping);
  }

  /** With a path as Location. */
  public Redirects asPath() {
    return new Redirects(status, true, hops, looping);
  }

  /** With so many redirects until the bytes. */
  public Redirects hops(int count) {
    return new Redirects(status, relative, count, looping);
  }

  /** Round and round. */
  public Redirects inCircles() {
    return new Redirects(status, relative, hops, true);
  }
}
