package dev.sluice.deploy.cluster;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Hears how the event bus of the nodes does, which tests itself by pings. Called from any thread.
 */
public interface BusWatch {

  /** Hears nothing. */
  BusWatch NONE =
      new BusWatch() {
        @Override
        public void begun(Vertx bus, BooleanSupplier isOver) {}

        @Override
        public void answered(Duration took) {}

        @Override
        public void missed() {}
      };

  /**
   * A stay in the cluster has begun.
   *
   * @param bus which it has for itself, with one event loop
   * @param isOver whether the stay has ended
   */
  void begun(Vertx bus, BooleanSupplier isOver);

  /** A ping was answered, by somebody who asked back meanwhile. */
  void answered(Duration took);

  /** A ping was not answered in time, or by somebody who could not ask back. */
  void missed();
}
