package dev.sluice.deploy.logging;

/** How the lines of the log look. */
public enum LogFormat {
  /** As suits whoever reads: a person at a terminal, or what collects the lines of containers. */
  AUTO,
  /** For people. */
  PLAIN,
  /** One JSON object in each line. */
  JSON;

  /** Whether a process that runs there writes JSON. */
  boolean isJson(Whereabouts whereabouts) {
    return switch (this) {
      case PLAIN -> false;
      case JSON -> true;
      case AUTO -> whereabouts.isContainer() && !whereabouts.isTerminal();
    };
  }
}
