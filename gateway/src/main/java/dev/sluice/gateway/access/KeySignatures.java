package dev.sluice.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Statements signed with what follows from an access key's secret (JWT, HS256): every node that
 * knows the key accepts them, and they end with the key. Whoever holds the secret could make them
 * too, which gives them nothing that the key itself does not.
 *
 * @param label what the statements are for; one of another label is not accepted
 * @param access where the keys are now
 */
record KeySignatures(String label, Supplier<AccessList> access) {

  /** In characters; ours are a quarter of that. */
  static final int LONGEST = 1023;

  private static final JWSAlgorithm ONLY = JWSAlgorithm.HS256;

  /** A statement whose signature is right. Whether it still holds is for the reader to say. */
  record Signed(AccessKey key, JWTClaimsSet claims) {}

  /** Signs; the claims must name the key as their subject. */
  String sign(AccessKey key, JWTClaimsSet claims) {
    try {
      SignedJWT jwt = new SignedJWT(new JWSHeader(ONLY), claims);
      jwt.sign(new MACSigner(signingKey(key)));
      return jwt.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("HS256 needs 32 bytes and has them", impossible);
    }
  }

  /** What was signed; empty where it was not, or by a key that is no longer there. */
  Optional<Signed> read(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(text);
      // The text must not choose how it is verified (RFC 8725 section 3.1).
      if (!ONLY.equals(jwt.getHeader().getAlgorithm())) {
        return Optional.empty();
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      String id = claims.getSubject();
      Optional<AccessKey> key = id == null ? Optional.empty() : access.get().key(id);
      return key.isPresent() && jwt.verify(new MACVerifier(signingKey(key.get())))
          ? Optional.of(new Signed(key.get(), claims))
          : Optional.empty();
    } catch (ParseException | JOSEException forged) {
      return Optional.empty();
    }
  }

  private byte[] signingKey(AccessKey key) {
    return Fingerprints.hmac(key.secret().getBytes(StandardCharsets.UTF_8), label);
  }
}
