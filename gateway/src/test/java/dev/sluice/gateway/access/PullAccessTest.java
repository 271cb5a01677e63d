package dev.sluice.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.live.Doors;
import dev.sluice.metadata.RepositoryName;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PullAccessTest {

  private static final String NEAR = "127.0.0.1";
  private static final String FAR = "192.0.2.7";
  private static final RepositoryName OPEN = new RepositoryName("open/app");
  private static final RepositoryName CLOSED = new RepositoryName("closed/app");

  @ParameterizedTest
  @ValueSource(
      strings = {
        NEAR,
        "127.0.0.2",
        "127.255.255.254",
        "::1",
        "0:0:0:0:0:0:0:1",
        "0:0:0:0:0:0:0:1%lo"
      })
  void loopbackIsNear(String address) {
    assertThat(Anonymous.LOOPBACK.allows(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FAR,
        "12.7.0.1",
        "128.0.0.1",
        "10.127.0.1",
        "0:0:0:0:0:0:0:10",
        "0:0:0:0:0:0:0:1abc",
        "0:0:0:0:0:0:0:2",
        "2001:db8:0:0:0:0:0:1",
        "fe80:0:0:0:0:0:0:1%eth0",
        "::12"
      })
  void everythingElseIsFar(String address) {
    assertThat(Anonymous.LOOPBACK.allows(address)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {NEAR, FAR})
  void nobodyAndEverybodyAreWhatTheySay(String address) {
    assertThat(Anonymous.NONE.allows(address)).isFalse();
    assertThat(Anonymous.PULL.allows(address)).isTrue();
  }

  @Test
  void aClosedRepositoryIsClosedToWhoMayComeIn() {
    PullAccess access = Doors.anonymous(Anonymous.LOOPBACK, OPEN::equals);

    assertThat(access.admits(NEAR, OPEN)).isTrue();
    assertThat(access.admits(NEAR, CLOSED)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void anOpenRepositoryIsClosedToWhoMayNotComeIn(Anonymous anonymous) {
    PullAccess access = Doors.anonymous(anonymous, repository -> true);

    assertThat(access.needsLogin(FAR)).isEqualTo(anonymous != Anonymous.PULL);
    assertThat(access.admits(FAR, OPEN)).isEqualTo(anonymous == Anonymous.PULL);
  }

  /** There is no mixed mode: docker shows a login where {@code /v2/} wants one, or nowhere. */
  @Test
  void oneClosedRepositoryMakesAllLogInOnceSomebodyCan() {
    OpenRepositories closed = Doors.except(OPEN::equals);

    assertThat(access(closed).needsLogin(NEAR)).isFalse();
    assertThat(access(closed, new AccessKey("k", "s", Grants.NONE)).needsLogin(NEAR)).isTrue();
    assertThat(access(OpenRepositories.ALL, new AccessKey("k", "s", Grants.NONE)).needsLogin(NEAR))
        .isFalse();
    assertThat(access(closed, new AccessKey("k", "s", Grants.NONE)).admits(NEAR, OPEN)).isTrue();
  }

  private static PullAccess access(OpenRepositories open, AccessKey... keys) {
    AccessList list = AccessList.of(Anonymous.LOOPBACK, List.of(keys), List.of());
    return PullAccess.of(Clock.systemUTC(), () -> list, open, Doors.PUBLIC_URL);
  }
}
