package dev.sluice.gateway.matrix;

import static dev.sluice.gateway.access.Operator.basic;

import dev.sluice.fetcher.fake.Content;
import dev.sluice.fetcher.fake.FakeImage;
import dev.sluice.gateway.access.AccessKey;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.access.Operator;
import dev.sluice.gateway.access.PullAccess;
import dev.sluice.gateway.live.Doors;
import dev.sluice.gateway.live.WholeGateway;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A gateway with repositories of every kind and everybody who may ask it. */
final class House implements AutoCloseable {

  /** Stands in every byte range that a test asks of what is forbidden. */
  static final String SECRET = "the forbidden repository's own bytes ";

  private static final Set<Place> ALL = EnumSet.allOf(Place.class);
  private static final Set<Place> GRANTED =
      EnumSet.of(Place.OPEN, Place.GRANTED, Place.OTHER, Place.MISSING);

  final Operator operator = new Operator();
  final PullAccess access =
      PullAccess.of(
          operator.clock,
          operator,
          Doors.except(repository -> repository.isUnder("open")),
          Doors.PUBLIC_URL);
  final WholeGateway gateway;
  final Map<Place, FakeImage> images = new EnumMap<>(Place.class);
  private final Map<Place, List<String>> contents = new EnumMap<>(Place.class);
  final AccessKey admin = operator.key("AKIASLUICEADMIN00001", "a".repeat(40), "admin");
  final AccessKey ci = operator.key("AKIASLUICECI00000001", "c".repeat(40), "pull:granted/*");
  final List<Who> everybody;

  House(Path folder) {
    operator.anonymous(Anonymous.PULL);
    operator.user("ann", "ann's password", "pull:granted/*");
    gateway = new WholeGateway(folder, access);
    gateway.rules("open", "granted", "forbidden");
    String shared = "bytes that two repositories share ".repeat(40);
    push(Place.OPEN, "bytes for everybody ".repeat(40), "more of them ");
    push(Place.GRANTED, "bytes for some ".repeat(40), shared);
    push(Place.OTHER, "bytes of another ".repeat(40), "and more ");
    push(Place.FORBIDDEN, SECRET.repeat(40), shared);
    everybody = everybody();
  }

  private void push(Place place, String first, String second) {
    contents.put(place, List.of(first, second));
    images.put(
        place,
        gateway
            .upstream()
            .image(place.repository, "latest")
            .layer(Content.of(first))
            .layer(Content.of(second))
            .push());
  }

  private List<Who> everybody() {
    AccessKey gone = operator.key("AKIASLUICEGONE000001", "g".repeat(40), "admin");
    String ofGone = token(gone);
    operator.removeKey(gone.id());
    String old = token(ci);
    operator.clock.advance(Duration.ofHours(12));
    return List.of(
        new Who("nobody", "", EnumSet.of(Place.OPEN), Set.of(401)),
        new Who("administrator", token(admin), ALL, Set.of()),
        new Who("key with a grant", token(ci), GRANTED, Set.of(403)),
        new Who("user with a grant", basic("ann", "ann's password"), GRANTED, Set.of(403)),
        new Who("wrong password", basic("ann", "x"), Set.of(), Set.of(401, 429)),
        new Who("unknown user", basic("ben", "ann's password"), Set.of(), Set.of(401, 429)),
        new Who("old token", old, Set.of(), Set.of(403)),
        new Who("token of a key that is gone", ofGone, Set.of(), Set.of(401, 429)),
        new Who("empty login", "Basic Og==", Set.of(), Set.of(401)));
  }

  /** What can be asked of a repository; where it is not there, what the forbidden one has. */
  List<Thing> things(Place place) {
    FakeImage image = images.getOrDefault(place, images.get(Place.FORBIDDEN));
    List<String> layers = contents.getOrDefault(place, contents.get(Place.FORBIDDEN));
    String base = "/v2/" + place.repository;
    String manifest = new String(image.bytes().toBytes(), StandardCharsets.UTF_8);
    String blob = base + "/blobs/" + image.layer(0);
    String first = layers.getFirst();
    return List.of(
        Thing.get(base + "/manifests/latest", manifest),
        Thing.head(base + "/manifests/latest"),
        Thing.get(base + "/manifests/" + image.digest(), manifest),
        Thing.head(base + "/manifests/" + image.digest()),
        Thing.get(blob, first),
        Thing.head(blob),
        Thing.range(blob, first),
        Thing.get(base + "/blobs/" + image.layer(1), layers.getLast()),
        Thing.head(base + "/blobs/" + image.layer(1)),
        Thing.get(
            base + "/tags/list",
            new JsonObject()
                .put("name", place.repository)
                .put("tags", List.of("latest"))
                .encode()));
  }

  String token(AccessKey key) {
    return basic("AWS", access.tokens().issue(key).password());
  }

  @Override
  public void close() {
    gateway.close();
  }
}
