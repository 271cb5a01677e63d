package dev.sluice.gateway.ecr;

import java.time.Duration;

/**
 * What keeps requests from taking all that there is.
 *
 * @param atOnce proved requests; each may hold a body of {@link RequestBody#LARGEST}
 * @param bodies that are being read and proved, each of that size too
 * @param bodiesOfOne of them from one client: whoever knows a key's id may begin one
 * @param body how long one may take to come
 * @param answer how long one may take to be made
 */
record EcrLimits(int atOnce, int bodies, int bodiesOfOne, Duration body, Duration answer) {

  /** AWS clients hang up after a minute without an answer. */
  static final EcrLimits USUAL =
      new EcrLimits(64, 128, 32, Duration.ofSeconds(10), Duration.ofSeconds(55));
}
