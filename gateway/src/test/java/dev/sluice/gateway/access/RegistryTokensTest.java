package dev.sluice.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import org.junit.jupiter.api.Test;

class RegistryTokensTest {

  private static final String ID = "AKIASLUICEADMIN00001";
  private static final String SECRET = "a-secret-of-forty-characters-0123456789";

  private final Operator operator = new Operator();
  private final AccessKey key = operator.key(ID, SECRET, "pull:a/*");
  private final RegistryTokens tokens = new RegistryTokens(operator.clock, operator);

  @Test
  void aTokenIsGoodForTwelveHours() {
    RegistryTokens.Issued issued = tokens.issue(key);

    assertThat(issued.expiresAt()).isEqualTo(operator.clock.instant().plus(Duration.ofHours(12)));
    operator.clock.advance(Duration.ofHours(12).minusSeconds(1));
    assertThat(tokens.verify(issued.password())).isEqualTo(new RegistryTokens.Known(key));
    operator.clock.advance(Duration.ofSeconds(1));
    assertThat(tokens.verify(issued.password())).isEqualTo(new RegistryTokens.Expired());
    assertThat(new RegistryTokens(operator.clock, operator).verify(issued.password()))
        .isEqualTo(new RegistryTokens.Expired());
  }

  @Test
  void clientsOfAwsCanCarryIt() {
    String longest = "A".repeat(128);
    String password = tokens.issue(operator.key(longest, SECRET)).password();

    assertThat(password).doesNotContain(":", " ", SECRET).hasSizeLessThan(1024);
    assertThat(tokens.issue(key)).asString().doesNotContain(tokens.issue(key).password());
    assertThat(tokens.issue(key).password()).isNotEqualTo(tokens.issue(key).password());
  }

  @Test
  void anotherNodeAndARestartedOneAcceptIt() {
    String password = tokens.issue(key).password();

    assertThat(new RegistryTokens(operator.clock, operator).verify(password))
        .isEqualTo(new RegistryTokens.Known(key));
  }

  @Test
  void itEndsWithItsKeyAndWithItsKeysSecret() {
    String password = tokens.issue(key).password();
    assertThat(tokens.verify(password)).isEqualTo(new RegistryTokens.Known(key));

    operator.key(ID, SECRET + "x", "admin");
    assertThat(tokens.verify(password)).isEqualTo(new RegistryTokens.Unknown());
    operator.key(ID, SECRET, "pull:a/*");
    assertThat(tokens.verify(password)).isEqualTo(new RegistryTokens.Known(key));
    operator.removeKey(ID);
    assertThat(tokens.verify(password)).isEqualTo(new RegistryTokens.Unknown());
  }

  @Test
  void itGrantsWhatItsKeyGrantsNow() {
    String password = tokens.issue(key).password();
    assertThat(tokens.verify(password)).isEqualTo(new RegistryTokens.Known(key));

    AccessKey now = operator.key(ID, SECRET, "pull:b/*");

    assertThat(tokens.verify(password)).isEqualTo(new RegistryTokens.Known(now));
  }

  @Test
  void forgeriesAreUnknown() throws Exception {
    JWTClaimsSet claims = claims(operator.clock.instant().plus(Duration.ofHours(1)));
    byte[] ours = Fingerprints.hmac(bytes(SECRET), "sluice registry token");
    String good = signed(JWSAlgorithm.HS256, ours, claims);
    assertThat(tokens.verify(good)).isEqualTo(new RegistryTokens.Known(key));

    for (String forged :
        new String[] {
          new PlainJWT(claims).serialize(),
          Base64.getUrlEncoder().encodeToString(bytes("{\"alg\":\"none\"}"))
              + good.substring(good.indexOf('.'), good.lastIndexOf('.') + 1),
          good.substring(0, good.lastIndexOf('.') + 1),
          good.substring(0, good.length() - 2),
          good + "A",
          signed(JWSAlgorithm.HS512, concat(ours, ours), claims),
          signed(JWSAlgorithm.HS256, bytes(SECRET), claims),
          signed(
              JWSAlgorithm.HS256, Fingerprints.hmac(bytes(SECRET), "sluice layer ticket"), claims),
          signed(JWSAlgorithm.HS256, ours, new JWTClaimsSet.Builder().subject(ID).build()),
          signed(JWSAlgorithm.HS256, ours, new JWTClaimsSet.Builder().build()),
          signed(JWSAlgorithm.HS256, ours, claims(operator.clock.instant().plusSeconds(90_000))),
          "",
          "..",
          "a.b.c",
          good.repeat(9),
        }) {
      assertThat(tokens.verify(forged)).as(forged).isEqualTo(new RegistryTokens.Unknown());
    }
  }

  private static JWTClaimsSet claims(Instant end) {
    return new JWTClaimsSet.Builder().subject(ID).expirationTime(Date.from(end)).build();
  }

  private static String signed(JWSAlgorithm algorithm, byte[] key, JWTClaimsSet claims)
      throws Exception {
    SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm), claims);
    jwt.sign(new MACSigner(key));
    return jwt.serialize();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
