package dev.sluice.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.RepositoryName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsTest {

  @ParameterizedTest
  @CsvSource({
    "admin,         any/app,        true",
    "pull:*,        any/app,        true",
    "pull:hub/*,    hub/library/a,  true",
    "pull:hub/*,    hubs/a,         false",
    "pull:hub/*,    a/hub/b,        false",
    "pull:hub/app,  hub/app,        true",
    "pull:hub/app,  hub/app/b,      false",
    "pull:hub/app,  hub/ap,         false",
    "pull:*/app,    hub/x/app,      true",
  })
  void aGrantIsForTheRepositoriesOfItsPattern(String grant, String repository, boolean may) {
    assertThat(Grants.of(List.of(grant)).mayPull(new RepositoryName(repository))).isEqualTo(may);
  }

  @Test
  void grantsAddUp() {
    Grants grants = Grants.of(List.of("pull:a/*", "pull:b/*"));

    assertThat(grants.admin()).isFalse();
    assertThat(grants.mayPull(new RepositoryName("a/x"))).isTrue();
    assertThat(grants.mayPull(new RepositoryName("b/x"))).isTrue();
    assertThat(grants.mayPull(new RepositoryName("c/x"))).isFalse();
    assertThat(Grants.of(List.of("pull:a/*", "admin")).admin()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Admin", "admin ", "pull:", "pull", "push:*", "pull:a b", "*"})
  void whatIsNoGrantGrantsNothing(String text) {
    assertThat(Grants.parse(text)).isEmpty();
    assertThat(Grants.of(List.of(text))).isEqualTo(Grants.NONE);
    assertThat(Grants.NONE.mayPull(new RepositoryName("a/x"))).isFalse();
  }
}
