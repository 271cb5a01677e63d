package dev.sluice.gateway.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The one kind of password hash that is honoured: bcrypt, as {@code htpasswd -B} writes it. */
public final class PasswordHash {

  /** Each step doubles the work; beyond this a login takes seconds. */
  public static final int HIGHEST_COST = 15;

  private static final Pattern FORM =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-5])\\$[./A-Za-z0-9]{53}");
  private static final int COST_AT = 4;

  /** What {@code htpasswd} hashed of a longer password was its first 72 bytes. */
  private static final BCrypt.Verifyer VERIFYER =
      BCrypt.verifyer(
          BCrypt.Version.VERSION_2Y, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2Y));

  private PasswordHash() {}

  /** Whether a text is such a hash, of a cost from 4 to {@value #HIGHEST_COST}. */
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  /** Whether a password has this hash. Takes from milliseconds to seconds of one processor. */
  static boolean matches(String password, String hash) {
    return VERIFYER.verify(
            password.getBytes(StandardCharsets.UTF_8), hash.getBytes(StandardCharsets.UTF_8))
        .verified;
  }

  /** The cost of a hash. */
  static int cost(String hash) {
    return Integer.parseInt(hash.substring(COST_AT, COST_AT + 2));
  }

  /** A hash of no known password, to be checked at this cost. */
  static String ofNobody(int cost) {
    return "$2y$%02d$%s".formatted(cost, ".".repeat(53));
  }
}
