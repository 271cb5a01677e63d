package dev.sluice.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LayerTicketsTest {

  private static final RepositoryName APP = new RepositoryName("a/app");
  private static final Digest BLOB = Digest.sha256(new byte[] {1});

  private final Operator operator = new Operator();
  private final AccessKey key = operator.key("AKIASLUICECI00000001", "s".repeat(40), "pull:a/*");
  private final LayerTickets tickets = new LayerTickets(operator.clock, operator);

  @Test
  void aTicketIsForOneBlobOfOneRepositoryForFiveMinutes() {
    String ticket = tickets.issue(key, APP, BLOB);

    assertThat(ticket).matches("[A-Za-z0-9._-]+");
    assertThat(tickets.admits(ticket, APP, BLOB)).isTrue();
    assertThat(tickets.admits(ticket, APP, Digest.sha256(new byte[] {2}))).isFalse();
    assertThat(tickets.admits(ticket, new RepositoryName("a/other"), BLOB)).isFalse();
    operator.clock.advance(Duration.ofMinutes(5).minusSeconds(1));
    assertThat(tickets.admits(ticket, APP, BLOB)).isTrue();
    operator.clock.advance(Duration.ofSeconds(1));
    assertThat(tickets.admits(ticket, APP, BLOB)).isFalse();
  }

  @Test
  void itEndsWithItsKeyAndWithTheGrant() {
    String ticket = tickets.issue(key, APP, BLOB);

    operator.key(key.id(), key.secret(), "pull:b/*");
    assertThat(tickets.admits(ticket, APP, BLOB)).isFalse();
    operator.key(key.id(), key.secret(), "pull:a/app");
    assertThat(tickets.admits(ticket, APP, BLOB)).isTrue();
    operator.removeKey(key.id());
    assertThat(tickets.admits(ticket, APP, BLOB)).isFalse();
  }

  @Test
  void whatIsNoTicketAdmitsNobody() {
    String token = new RegistryTokens(operator.clock, operator).issue(key).password();

    assertThat(tickets.admits(token, APP, BLOB)).isFalse();
    assertThat(tickets.admits("", APP, BLOB)).isFalse();
    assertThat(tickets.admits("x.y.z", APP, BLOB)).isFalse();
  }

  @Test
  void theLongestNamesStillFit() {
    AccessKey longest = operator.key("A".repeat(128), "s".repeat(40), "admin");
    RepositoryName name = new RepositoryName("a/".repeat(127) + "a");
    Digest digest = Digest.parse("sha512:" + "0".repeat(128)).orElseThrow();

    assertThat(tickets.admits(tickets.issue(longest, name, digest), name, digest)).isTrue();
  }
}
