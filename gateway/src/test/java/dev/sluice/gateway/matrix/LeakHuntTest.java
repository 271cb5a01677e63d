package dev.sluice.gateway.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.fake.Gate;
import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import dev.sluice.storage.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand requests of everybody for everything at once: nothing leaks. */
class LeakHuntTest {

  private static final int REQUESTS = 100_000;
  private static final int CONNECTIONS = 16;
  private static final long SEED = 20_260_301;

  @TempDir Path folder;
  @AutoClose private House house;

  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  private final Map<Place, List<Thing>> things = new EnumMap<>(Place.class);
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  /** What two repositories share is being filled for the one during the first half of it. */
  @Test
  void nobodyGetsWhatIsNotTheirs() throws Exception {
    house = new House(folder);
    for (Place place : Place.values()) {
      things.put(place, house.things(place));
    }
    Who ann = house.everybody.get(3);
    assertThat(ann.name()).startsWith("user");
    try (Wire wire = house.gateway.connect()) {
      assertThat(wire.ask("GET", "/v2/", ann.headers()).status()).isEqualTo(200);
    }
    String target = "/v2/granted/app/blobs/" + shared();
    Gate upstream = house.gateway.upstream().onGet(target).holdAt(100);
    try (Wire first = house.gateway.connect();
        ExecutorService hunters = Executors.newFixedThreadPool(CONNECTIONS)) {
      first.send("GET", target, house.everybody.get(1).headers());
      upstream.awaitHeld(1);
      hunt(hunters, false, 0);
      upstream.release();
      assertThat(first.reply().status()).isEqualTo(200);
      hunt(hunters, true, CONNECTIONS);
    }

    assertThat(wrong).isEmpty();
    assertThat(answered.get() + refused.get()).isEqualTo(REQUESTS);
    assertThat(answered.get()).isGreaterThan(REQUESTS / 10);
    assertThat(refused.get()).isGreaterThan(REQUESTS / 4);
  }

  private Digest shared() {
    return house.images.get(Place.GRANTED).layer(1);
  }

  private boolean isShared(Thing thing) {
    return thing.method().equals("GET") && thing.target().endsWith(shared().toString());
  }

  private void hunt(ExecutorService hunters, boolean isFilled, long seed) throws Exception {
    List<Future<?>> hunts = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Random random = new Random(SEED + seed + i);
      hunts.add(
          hunters.submit(
              () -> {
                hunt(random, isFilled);
                return null;
              }));
    }
    for (Future<?> hunt : hunts) {
      hunt.get();
    }
  }

  private void hunt(Random random, boolean isFilled) throws IOException {
    try (Wire wire = house.gateway.connect()) {
      for (int i = 0; i < REQUESTS / 2 / CONNECTIONS; i++) {
        Who who = any(house.everybody, random);
        Place place = any(List.of(Place.values()), random);
        List<Thing> some = things.get(place);
        Thing thing = any(some, random);
        // Who may have it would wait for its end.
        boolean waits = !isFilled && who.may(place) && isShared(thing);
        judge(who, place, waits ? some.getFirst() : thing, wire);
      }
    }
  }

  private void judge(Who who, Place place, Thing thing, Wire wire) throws IOException {
    Reply reply = thing.ask(wire, who);
    boolean may = who.may(place);
    boolean isRight =
        (may && place.exists())
            ? thing.isAnsweredBy(reply)
            : !reply.text().contains(House.SECRET)
                && (may ? reply.status() == 404 : who.refusal().contains(reply.status()));
    (may ? answered : refused).incrementAndGet();
    if (!isRight) {
      wrong.add(who + " " + thing + ": " + reply.status() + ' ' + reply.text());
    }
  }

  private static <T> T any(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
