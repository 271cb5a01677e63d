package dev.sluice.fetcher.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.RepositoryName;
import org.junit.jupiter.api.Test;

class ErasTest {

  private static final RepositoryName APP = new RepositoryName("app");
  private static final RepositoryName OTHER = new RepositoryName("other");

  private final Eras eras = new Eras();

  @Test
  void eachDeletionEndsTheEraOfItsRepositoryAlone() {
    long first = eras.of(APP);
    long others = eras.of(OTHER);
    assertThat(eras.isOver(APP, first)).isFalse();

    eras.begin(APP);
    assertThat(eras.isOver(APP, first)).isTrue();
    long second = eras.of(APP);
    eras.begin(APP);

    assertThat(eras.isOver(APP, second)).isTrue();
    assertThat(eras.of(APP)).isNotEqualTo(first);
    assertThat(eras.isOver(OTHER, others)).isFalse();
  }

  @Test
  void whatIsForgottenIsOverAllTheSame() {
    long before = eras.of(APP);
    eras.begin(APP);
    long after = eras.of(APP);
    for (int i = 0; i < 3 * Eras.MOST; i++) {
      eras.begin(new RepositoryName("r" + i));
    }

    assertThat(eras.isOver(APP, before)).isTrue();
    assertThat(eras.isOver(APP, after)).isTrue();
    assertThat(eras.isOver(APP, eras.of(APP))).isFalse();
  }
}
