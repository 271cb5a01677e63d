package dev.sluice.fetcher.faults;

import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.Script;
import java.util.function.Consumer;

/** Something that goes wrong upstream, and ends again. */
@FunctionalInterface
interface Mischief {

  /** Begins it. */
  void strike(Scene scene);

  /** What happens while two clients wait for an answer that is held, just before it comes. */
  default void whileHeld(Scene scene) {}

  /** Ends it: from now on upstream is as it should be. */
  default void cease(Scene scene) {
    scene.behave();
  }

  /** Every answer in the place that is struck has this fault. */
  static Mischief always(Fault fault) {
    return script(script -> script.always(fault));
  }

  /** The answers in the place that is struck follow this script. */
  static Mischief script(Consumer<Script> script) {
    return scene -> script.accept(scene.registry().onAny(scene.path()));
  }

  /** Each answer in the place that is struck has the next of these faults, and then the last. */
  static Mischief inTurn(Fault... faults) {
    return script(
        script -> {
          for (Fault fault : faults) {
            script.once(fault);
          }
          script.always(faults[faults.length - 1]);
        });
  }
}
