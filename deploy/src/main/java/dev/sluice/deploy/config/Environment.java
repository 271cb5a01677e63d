package dev.sluice.deploy.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The {@code SLUICE_} variables, and which of them the configuration knows. */
final class Environment {

  /** What every variable of ours begins with. */
  static final String PREFIX = "SLUICE";

  private static final Set<String> LAUNCHER = Set.of("SLUICE_JAVA_HOME", "SLUICE_JAVA_OPTS");
  private static final String TESTS = "SLUICE_TEST_";

  /**
   * What Kubernetes sets in every pod beside a Service named {@code sluice} or {@code sluice-...}
   * (Kubernetes documentation, "Service", environment variables).
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "SLUICE_([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?"
              + "|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

  /** Set as {@code SLUICE_..._PORT}, which may be the name of a key as well. */
  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private final Map<String, String> variables = new TreeMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  Environment(Map<String, String> all) {
    all.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX + '_') && !isServiceLink(name, value)) {
            variables.put(name, value);
          }
        });
  }

  /** The value of a variable, which is known from now on. */
  Optional<String> value(String name) {
    known.add(name);
    return Optional.ofNullable(variables.get(name));
  }

  /** Whether the variable, or one for a key under it, is set. */
  boolean mentions(String name) {
    return firstUnder(name).isPresent();
  }

  /** The variable itself where it is set, else the first for a key under it. */
  Optional<String> firstUnder(String name) {
    return variables.keySet().stream().filter(variable -> isUnder(variable, name)).findFirst();
  }

  /** Drops a variable and those under it, once a problem has been reported for them. */
  void forget(String name) {
    variables.keySet().removeIf(variable -> isUnder(variable, name));
  }

  /** The variables that nobody asked for. */
  List<String> unknown() {
    return variables.keySet().stream().filter(name -> !isExpected(name)).toList();
  }

  /** The variables that were asked for, set or not. */
  Set<String> known() {
    return known;
  }

  private boolean isExpected(String name) {
    return known.contains(name) || LAUNCHER.contains(name) || name.startsWith(TESTS);
  }

  private static boolean isServiceLink(String name, String value) {
    return SERVICE_LINK.matcher(name).matches()
        || (name.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches());
  }

  private static boolean isUnder(String variable, String name) {
    return variable.startsWith(name)
        && (variable.length() == name.length() || variable.charAt(name.length()) == '_');
  }
}
