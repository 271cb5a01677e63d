package dev.sluice.gateway.matrix;

import java.util.Arrays;
import java.util.Set;

/**
 * Somebody who asks.
 *
 * @param login the line of the header; empty for none
 * @param may what they get
 * @param refusal the status of all else
 */
record Who(String name, String login, Set<Place> may, Set<Integer> refusal) {

  boolean may(Place place) {
    return may.contains(place);
  }

  String[] headers(String... more) {
    if (login.isEmpty()) {
      return more;
    }
    String[] all = Arrays.copyOf(more, more.length + 1);
    all[more.length] = "Authorization: " + login;
    return all;
  }

  @Override
  public String toString() {
    return name;
  }
}
