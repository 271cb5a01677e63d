package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.LoadedAccess;
import dev.sluice.deploy.logging.Logging;
import java.time.Clock;
import java.util.function.Supplier;

/** Starts a node, and drains it when the process is told to end. */
final class Serve {

  private Serve() {}

  /**
   * The exit code; with 0 the node is running, and keeps the process alive.
   *
   * @param access what the configuration says under {@code access} from then on
   */
  static int run(Config config, Supplier<LoadedAccess> access) {
    try {
      LiveAccess live = new LiveAccess(config.access(), access);
      Node node = Node.start(config, live, Clock.systemUTC());
      Runtime.getRuntime().addShutdownHook(new Thread(node::close, "drain"));
      if (Logging.isJson()) {
        Banner.log(config, node.port());
      } else {
        System.out.print(Banner.text(config, node.port()));
      }
      return Main.FINE;
    } catch (StartFailure failure) {
      System.err.println("sluice: " + failure.getMessage());
      return Main.CANNOT_START;
    }
  }
}
