package dev.sluice.fetcher.upstream;

import java.time.Instant;

/**
 * A bearer token of one account for one repository.
 *
 * @param header the value of an {@code Authorization} header
 */
public record Token(String header, Instant expires) {

  /** Without the token. */
  @Override
  public String toString() {
    return "Token[until " + expires + "]";
  }
}
