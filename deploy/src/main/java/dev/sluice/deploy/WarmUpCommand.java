package dev.sluice.deploy;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words after {@code warm-up}, understood or not. */
sealed interface WarmUpCommand {

  /**
   * They can be done.
   *
   * @param url of the node, without a path
   * @param login empty for a node that takes this without one
   * @param file of images; empty with a rule, {@code -} for standard input
   * @param rule the prefix of the rule whose registry's images are wanted
   */
  record Order(
      URI url,
      Optional<Login> login,
      Optional<String> file,
      Optional<String> rule,
      Map<String, List<String>> choices)
      implements WarmUpCommand {}

  /** Who asks. */
  record Login(String user, Path passwordFile) {}

  /** They cannot be understood. */
  record Wrong(String why) implements WarmUpCommand {}

  String USUAL_URL = "http://127.0.0.1:5000";

  /** Options that may come several times, and the keys of the request that they stand for. */
  Map<String, String> CHOICES =
      Map.of("--repository", "repositories", "--tag", "tags", "--platform", "platforms");

  Set<String> SINGLE = Set.of("--url", "--user", "--password-file", "--rule");

  static WarmUpCommand parse(List<String> words) {
    Map<String, String> single = new HashMap<>();
    Map<String, List<String>> choices = new HashMap<>();
    List<String> files = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean isOption = SINGLE.contains(word) || CHOICES.containsKey(word);
      if (!isOption && word.startsWith("-") && !word.equals("-")) {
        return new Wrong("\"" + word + "\" is not an option");
      }
      if (!isOption) {
        files.add(word);
      } else if (i + 1 == words.size() || words.get(i + 1).isEmpty()) {
        return new Wrong(word + " needs a value after it");
      } else if (CHOICES.containsKey(word)) {
        choices.computeIfAbsent(CHOICES.get(word), _ -> new ArrayList<>()).add(words.get(++i));
      } else if (single.put(word, words.get(++i)) != null) {
        return new Wrong(word + " is given twice");
      }
    }
    return order(single, choices, files);
  }

  private static WarmUpCommand order(
      Map<String, String> single, Map<String, List<String>> choices, List<String> files) {
    Optional<String> rule = Optional.ofNullable(single.get("--rule"));
    if (files.size() != (rule.isPresent() ? 0 : 1) || files.contains("")) {
      return new Wrong("give one file of images, or - for standard input, or --rule PREFIX");
    }
    if (single.containsKey("--user") != single.containsKey("--password-file")) {
      return new Wrong("--user and --password-file go together");
    }
    Optional<URI> url = url(single.getOrDefault("--url", USUAL_URL));
    if (url.isEmpty()) {
      return new Wrong("--url is the address of a node without a path, such as " + USUAL_URL);
    }
    Optional<Login> login =
        Optional.ofNullable(single.get("--user"))
            .map(user -> new Login(user, Path.of(single.get("--password-file"))));
    return new Order(url.get(), login, files.stream().findFirst(), rule, Map.copyOf(choices));
  }

  /** A password in it would be seen by everybody on the machine. */
  private static Optional<URI> url(String text) {
    try {
      URI url = URI.create(text.replaceFirst("/$", ""));
      boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean isBare = url.getRawUserInfo() == null && "".equals(url.getRawPath());
      return isHttp && isBare && url.getHost() != null && url.getRawQuery() == null
          ? Optional.of(url)
          : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
