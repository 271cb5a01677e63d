package dev.sluice.gateway.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodyPlacesTest {

  private final BodyPlaces places = new BodyPlaces(3, 2);

  @Test
  void oneClientGetsOnlySome() {
    assertThat(places.take("a")).isTrue();
    assertThat(places.take("a")).isTrue();
    assertThat(places.take("a")).isFalse();
    assertThat(places.take("b")).isTrue();

    places.giveBack("a");
    assertThat(places.take("a")).isTrue();
    assertThat(places.take("a")).isFalse();
  }

  @Test
  void allTogetherGetNoMoreThanThereAre() {
    assertThat(places.take("a")).isTrue();
    assertThat(places.take("b")).isTrue();
    assertThat(places.take("c")).isTrue();
    assertThat(places.take("d")).isFalse();

    places.giveBack("a");
    assertThat(places.take("d")).isTrue();
    assertThat(places.take("a")).isFalse();
  }
}
