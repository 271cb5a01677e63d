package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import java.time.Clock;

/** Starts a node, and drains it when the process is told to end. */
final class Serve {

  private Serve() {}

  /** The exit code; with 0 the node is running, and keeps the process alive. */
  static int run(Config config) {
    try {
      Node node = Node.start(config, Clock.systemUTC());
      Runtime.getRuntime().addShutdownHook(new Thread(node::close, "drain"));
      System.out.print(Banner.text(config, node.port()));
      return Main.FINE;
    } catch (StartFailure failure) {
      System.err.println("sluice: " + failure.getMessage());
      return Main.CANNOT_START;
    }
  }
}
