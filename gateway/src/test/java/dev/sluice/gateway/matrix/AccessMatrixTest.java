package dev.sluice.gateway.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.live.Reply;
import dev.sluice.gateway.live.Wire;
import dev.sluice.metadata.RepositoryName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exactly the granted cells answer bytes. */
class AccessMatrixTest {

  @TempDir Path folder;
  @AutoClose private House house;

  @BeforeEach
  void open() {
    house = new House(folder);
  }

  @Test
  void whatIsGrantedIsAnsweredAndNothingElse() throws IOException {
    for (int round = 0; round < 2; round++) {
      for (Who who : house.everybody) {
        for (Place place : Place.values()) {
          assertCells(who, place);
        }
      }
    }
  }

  private void assertCells(Who who, Place place) throws IOException {
    try (Wire wire = house.gateway.connect()) {
      for (Thing thing : house.things(place)) {
        Reply reply = thing.ask(wire, who);
        if (!who.may(place)) {
          assertThat(reply.status()).as(who + " " + thing).isIn(who.refusal());
          assertThat(reply.text()).doesNotContain(House.SECRET);
        } else if (place.exists()) {
          assertThat(thing.isAnsweredBy(reply)).as(who + " " + thing + ": " + reply).isTrue();
        } else {
          assertThat(reply.status()).as(who + " " + thing).isEqualTo(404);
          assertThat(reply.text()).doesNotContain(House.SECRET);
        }
      }
    }
  }

  /** Neither before nor after somebody else has brought it into the cache. */
  @Test
  void aRefusalDoesNotTellWhatIsThereAndAsksNobody() throws IOException {
    for (int round = 0; round < 2; round++) {
      int asked = house.gateway.upstream().requests().size();
      for (Who who : house.everybody) {
        if (!who.may(Place.FORBIDDEN) && !who.refusal().contains(429)) {
          assertSameRefusals(who);
        }
      }
      assertThat(house.gateway.upstream().requests()).hasSize(asked);
      assertCells(house.everybody.get(1), Place.FORBIDDEN);
    }
  }

  private void assertSameRefusals(Who who) throws IOException {
    try (Wire wire = house.gateway.connect()) {
      for (int i = 0; i < house.things(Place.FORBIDDEN).size(); i++) {
        Reply there = house.things(Place.FORBIDDEN).get(i).ask(wire, who);
        for (Place place : new Place[] {Place.NOWHERE, Place.UNRULED}) {
          Reply absent = house.things(place).get(i).ask(wire, who);
          assertThat(absent.status()).isEqualTo(there.status());
          assertThat(absent.text()).isEqualTo(there.text());
          assertThat(headers(absent)).isEqualTo(headers(there));
        }
      }
    }
  }

  private static Map<String, Object> headers(Reply reply) {
    Map<String, Object> headers = new TreeMap<>(reply.headers());
    assertThat(headers.remove("x-request-id")).as("which is of one request alone").isNotNull();
    return headers;
  }

  @Test
  void thePingAnswersWhoeverLogsIn() throws IOException {
    for (Who who : house.everybody) {
      try (Wire wire = house.gateway.connect()) {
        Reply reply = wire.ask("GET", "/v2/", who.headers());
        boolean isIn = !who.login().isEmpty() && !who.may().isEmpty();
        assertThat(reply.status()).as(who.name()).isIn(isIn ? Set.of(200) : who.refusal());
        assertThat(reply.header("WWW-Authenticate"))
            .isEqualTo(
                reply.status() == 401
                    ? "Basic realm=\"https://cache.example/\",service=\"sluice\""
                    : null);
      }
    }
  }

  @Test
  void aTicketGetsItsBlobAndNothingElse() throws IOException {
    var image = house.images.get(Place.GRANTED);
    RepositoryName granted = new RepositoryName(Place.GRANTED.repository);
    String shared = house.access.tickets().issue(house.ci, granted, image.layer(1));
    String path = "/v2/granted/app/blobs/";

    try (Wire wire = house.gateway.connect()) {
      assertThat(wire.ask("GET", path + image.layer(1) + "?ticket=" + shared).status())
          .isEqualTo(200);
      assertThat(wire.ask("HEAD", path + image.layer(1) + "?ticket=" + shared).status())
          .isEqualTo(200);
      for (String other :
          new String[] {
            path + image.layer(0) + "?ticket=" + shared,
            path + image.layer(1) + "?ticket=" + shared + "x",
            path + image.layer(1) + "?ticket=",
            "/v2/forbidden/app/blobs/" + image.layer(1) + "?ticket=" + shared,
          }) {
        assertThat(wire.ask("GET", other).status()).as(other).isEqualTo(403);
      }
      assertThat(wire.ask("GET", "/v2/granted/app/manifests/latest?ticket=" + shared).status())
          .isEqualTo(401);
      assertThat(wire.ask("GET", "/v2/granted/app/tags/list?ticket=" + shared).status())
          .isEqualTo(401);
      house.operator.removeKey(house.ci.id());
      assertThat(wire.ask("GET", path + image.layer(1) + "?ticket=" + shared).status())
          .isEqualTo(403);
    }
  }

  @Test
  void aKeyThatIsTakenAwayIsOutAtOnceOnOpenConnectionsToo() throws IOException {
    Who ci = house.everybody.get(2);
    try (Wire wire = house.gateway.connect()) {
      Thing manifest = house.things(Place.GRANTED).getFirst();
      assertThat(manifest.ask(wire, ci).status()).isEqualTo(200);
      house.operator.removeKey(house.ci.id());
      assertThat(manifest.ask(wire, ci).status()).isEqualTo(401);
    }
  }

  @Test
  void twoLoginsInOneRequestAreNone() throws IOException {
    String login = "Authorization: " + house.everybody.get(1).login();
    try (Wire wire = house.gateway.connect()) {
      assertThat(wire.ask("GET", "/v2/", login, login).status()).isEqualTo(401);
    }
  }
}
