package dev.sluice.deploy.config;

import dev.sluice.deploy.logging.LogFormat;
import dev.sluice.deploy.logging.LogLevel;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.metadata.Policies.OnDeleted;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.metadata.UpstreamLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The single values that keys of the configuration take; URLs and paths are in {@link Targets}. */
final class Forms {

  static final Form<HostPort> HOST_PORT =
      new Form<>(
          "an address to listen on",
          "host:port, such as 127.0.0.1:5000, 0.0.0.0:5000 or [::1]:5000",
          HostPort::parse);
  static final Form<String> ACCOUNT =
      matching("an account number", "12 digits, such as \"123456789012\"", "[0-9]{12}");
  static final Form<String> REGION =
      matching(
          "a region", "a name such as eu-central-1", "[a-z]{2,8}(-[a-z]{2,16}){1,3}-[0-9]{1,2}");
  static final Form<Anonymous> ANONYMOUS = word(Anonymous.class);
  static final Form<String> KEY_ID =
      matching("an access key id", "16 to 128 letters, digits and _", "[A-Za-z0-9_]{16,128}");
  static final Form<String> GRANT =
      matching(
          "a grant",
          "admin, or pull: and a repository pattern, such as pull:docker-hub/*",
          "admin|pull:[a-z0-9._/*-]{1,128}");
  static final Form<Duration> DURATION =
      new Form<>(
          "a duration",
          "a positive number and a unit of ms, s, m, h or d, such as 30s or 24h, at most 3650d",
          Forms::duration);
  static final Form<OnDeleted> ON_DELETED = word(OnDeleted.class);
  static final Form<String> PREFIX =
      new Form<>(
          "a prefix",
          "ROOT, or 2 to 30 characters as in a repository name (a-z, 0-9, and . _ - / between"
              + " them), such as docker-hub",
          Forms::prefix);
  static final Form<String> UPSTREAM_PREFIX =
      new Form<>(
          "a repository name",
          "a-z, 0-9, and . _ - / between them, such as library",
          text -> RepositoryName.parse(text).map(RepositoryName::value));
  static final Form<Boolean> BOOLEAN =
      new Form<>(
          "true or false",
          "true, false",
          text ->
              text.equals("true") || text.equals("false")
                  ? Optional.of(Boolean.valueOf(text))
                  : Optional.empty());
  static final Form<Integer> REQUESTS_PER_SECOND =
      new Form<>(
          "a number of requests",
          "a whole number from 1 to " + UpstreamLimits.MOST_PER_SECOND,
          text -> wholeNumber(text).filter(n -> n >= 1 && n <= UpstreamLimits.MOST_PER_SECOND));
  static final Form<Integer> PERCENT =
      new Form<>("a percentage", "0% to 100%, such as 20%", Forms::percent);
  static final Form<String> CLUSTER_NAME =
      matching("a name of a cluster", "1 to 64 letters, digits and -", "[A-Za-z0-9-]{1,64}");
  static final Form<String> HOST =
      new Form<>("a host", "a name or an address, such as 10.0.0.5 or node-1", Hosts::host);
  static final Form<String> MEMBER =
      new Form<>(
          "a member of the cluster",
          "host or host:port, such as 10.0.0.6 or node-2:5701",
          text ->
              HostPort.parse(text).filter(at -> at.port() > 0).isPresent()
                      || Hosts.host(text).isPresent()
                  ? Optional.of(text)
                  : Optional.empty());
  static final Form<Integer> PORT =
      new Form<>("a port", "1 to 65535", text -> Hosts.port(text).filter(port -> port > 0));
  static final Form<Config.StorageType> STORAGE_TYPE = word(Config.StorageType.class);
  static final Form<Config.MetadataType> METADATA_TYPE = word(Config.MetadataType.class);
  static final Form<LogFormat> LOG_FORMAT = word(LogFormat.class);
  static final Form<LogLevel> LOG_LEVEL = word(LogLevel.class);

  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final int SHORTEST_PREFIX = 2;
  private static final int LONGEST_PREFIX = 30;

  private Forms() {}

  private static Form<String> matching(String noun, String allowed, String pattern) {
    Pattern compiled = Pattern.compile(pattern);
    return new Form<>(
        noun, allowed, text -> Optional.of(text).filter(t -> compiled.matcher(t).matches()));
  }

  /** One of an enum's constants, written in lower case. */
  private static <E extends Enum<E>> Form<E> word(Class<E> type) {
    Function<E, String> written = constant -> constant.name().toLowerCase(Locale.ROOT);
    String allowed =
        Arrays.stream(type.getEnumConstants()).map(written).collect(Collectors.joining(", "));
    return new Form<>(
        "allowed here",
        allowed,
        text ->
            Arrays.stream(type.getEnumConstants())
                .filter(constant -> written.apply(constant).equals(text))
                .findFirst());
  }

  private static Optional<Duration> duration(String text) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
    return Optional.of(duration).filter(d -> d.isPositive() && d.compareTo(LONGEST) <= 0);
  }

  private static Optional<Integer> wholeNumber(String text) {
    return DIGITS.matcher(text).matches() ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  private static Optional<Integer> percent(String text) {
    return text.endsWith("%")
        ? wholeNumber(text.substring(0, text.length() - 1)).filter(n -> n <= 100)
        : Optional.empty();
  }

  private static Optional<String> prefix(String text) {
    boolean fits = text.length() >= SHORTEST_PREFIX && text.length() <= LONGEST_PREFIX;
    return text.equals(Rule.ROOT) || (fits && RepositoryName.parse(text).isPresent())
        ? Optional.of(text)
        : Optional.empty();
  }
}
