package dev.sluice.deploy.config;

import dev.sluice.gateway.access.AccessList;
import dev.sluice.gateway.access.Anonymous;
import dev.sluice.gateway.access.Grants;
import java.util.ArrayList;
import java.util.List;

/** What is valid of {@code access} but will not do what its writer may expect. */
final class AccessWarnings {

  /** AWS's have 40 characters. Who holds a token of a short one could find it by trying. */
  private static final int SHORT_SECRET = 20;

  private final Access access;
  private final AccessList list;
  private final List<String> warnings = new ArrayList<>();

  private AccessWarnings(Access access) {
    this.access = access;
    this.list = AccessFiles.read(access).list();
  }

  /** A sentence each; reads the files that {@code access} names. */
  static List<String> of(Access access, List<RuleConfig> rules) {
    AccessWarnings about = new AccessWarnings(access);
    about.rules(rules.stream().filter(rule -> !rule.isOpen()).toList());
    about.keys();
    about.users();
    return List.copyOf(about.warnings);
  }

  private void rules(List<RuleConfig> closed) {
    boolean isOpenToSome = access.anonymous() != Anonymous.NONE;
    if (!isOpenToSome && !list.hasLogins()) {
      warnings.add("nobody can pull: access.anonymous is none, and there are no keys or users.");
    }
    if (isOpenToSome && !closed.isEmpty() && list.hasLogins()) {
      warnings.add(
          "everybody has to log in, although access.anonymous opens something: docker and skopeo"
              + " log in everywhere or nowhere, and the rule "
              + closed.getFirst().rule().prefix()
              + " has a credential and does not say anonymous: true.");
    }
    if (isOpenToSome && !list.hasLogins()) {
      closed.stream().map(AccessWarnings::unreachable).forEach(warnings::add);
    }
  }

  private static String unreachable(RuleConfig rule) {
    return "the rule "
        + rule.rule().prefix()
        + " has a credential and does not say anonymous: true; nobody can pull through it without"
        + " a login, and there are no access.keys or access.users.";
  }

  private void keys() {
    access.keys().stream()
        .filter(key -> key.grants().isEmpty())
        .forEach(key -> warnings.add("the key " + key.id() + " has no grants: it may do nothing."));
    list.keys().values().stream()
        .filter(key -> key.secret().length() < SHORT_SECRET)
        .map(key -> "the secret of the key " + key.id() + " is shorter than " + SHORT_SECRET)
        .map(start -> start + " characters; take 40 random ones.")
        .sorted()
        .forEach(warnings::add);
  }

  private void users() {
    list.users().values().stream()
        .filter(user -> user.grants().equals(Grants.NONE))
        .map(user -> "the user " + Quoted.of(user.name()) + " has no grants: they may do nothing.")
        .sorted()
        .forEach(warnings::add);
    access.users().stream()
        .flatMap(users -> users.grants().keySet().stream())
        .filter(name -> list.user(name).isEmpty())
        .map(name -> "access.users.grants names " + Quoted.of(name) + ", who is not in the file.")
        .sorted()
        .forEach(warnings::add);
  }
}
