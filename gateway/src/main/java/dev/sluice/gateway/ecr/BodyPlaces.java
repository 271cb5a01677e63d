package dev.sluice.gateway.ecr;

import java.util.HashMap;
import java.util.Map;

/** Places for bodies that are being read, of which one client gets only some; for any thread. */
final class BodyPlaces {

  private final int most;
  private final int mostOfOne;
  private final Map<String, Integer> taken = new HashMap<>();
  private int all;

  /**
   * @param most in all
   * @param mostOfOne for one client
   */
  BodyPlaces(int most, int mostOfOne) {
    this.most = most;
    this.mostOfOne = mostOfOne;
  }

  /** Takes one; false where none is left for this client. */
  synchronized boolean take(String client) {
    int own = taken.getOrDefault(client, 0);
    if (all >= most || own >= mostOfOne) {
      return false;
    }
    taken.put(client, own + 1);
    all++;
    return true;
  }

  /** Gives back one that this client took. */
  synchronized void giveBack(String client) {
    taken.computeIfPresent(client, (who, own) -> own > 1 ? own - 1 : null);
    all--;
  }
}
