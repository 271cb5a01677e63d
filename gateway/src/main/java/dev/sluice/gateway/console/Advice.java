package dev.sluice.gateway.console;

import dev.sluice.fetcher.UpstreamTrouble;

/** What somebody could do who reads that something went wrong. */
final class Advice {

  private Advice() {}

  /**
   * @param place where the upstream is really reached
   */
  static String on(UpstreamTrouble trouble, String place) {
    String host = trouble.upstream();
    return switch (trouble.kind()) {
      case LIMITED ->
          "Nothing now: what is cached is served on. Give the rule a credential, or another one,"
              + " whose account may pull more from "
              + host
              + ".";
      case DENIED -> "See that the rule's credential may pull this from " + host + ".";
      case BAD_LOGIN -> "Put a username and token that " + host + " accepts into the credential.";
      case UNASKED -> "Nothing, where it is rare: it is asked again by itself.";
      case DOWN -> "See whether this machine reaches " + place + "/v2/, and its status page.";
      case UNUSABLE -> "Validate the rule; see that " + host + " is a registry and no other site.";
    };
  }
}
