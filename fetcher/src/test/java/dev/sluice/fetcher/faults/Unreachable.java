package dev.sluice.fetcher.faults;

import dev.sluice.fetcher.fake.Listener;
import dev.sluice.fetcher.fake.TravelFaults;
import java.net.URI;

/**
 * The upstream's address leads nowhere: from the beginning, or, where clients wait for an answer,
 * from its middle on, so that what they wait for cannot be finished.
 *
 * @param swallows whether connections are dropped without a word, or refused at once
 */
record Unreachable(boolean swallows) implements Mischief {

  private static final String HERE = "127.0.0.1";
  private static final String NOWHERE = "127.0.0.2";

  @Override
  public void strike(Scene scene) {
    if (swallows) {
      boolean tokens = scene.place() == Place.TOKEN;
      String url = scene.registry().url(tokens ? Listener.TOKENS : Listener.REGISTRY);
      BlackHole hole = new BlackHole(NOWHERE, URI.create(url).getPort());
      scene.closeLater(hole::close);
    }
    if (scene.state() == State.FILLING) {
      long cut = scene.place() == Place.BLOB ? Scene.SIZE / 2 : 10;
      scene.registry().onGet(scene.path()).once(TravelFaults.cutAt(cut));
    } else {
      vanish(scene);
    }
  }

  @Override
  public void whileHeld(Scene scene) {
    vanish(scene);
  }

  private static void vanish(Scene scene) {
    point(scene, NOWHERE);
  }

  @Override
  public void cease(Scene scene) {
    scene.behave();
    point(scene, HERE);
  }

  private static void point(Scene scene, String address) {
    boolean tokens = scene.place() == Place.TOKEN;
    scene.names().point(tokens ? Hosts.TOKENS : Hosts.REGISTRY, address);
  }
}
