package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;

/** Starts a node. */
final class Serve {

  private Serve() {}

  /** The exit code; with 0 the node is running, and keeps the process alive. */
  static int run(Config config) {
    System.out.print(Banner.text(config, config.listen().port()));
    return Main.FINE;
  }
}
