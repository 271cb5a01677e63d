package dev.sluice.deploy;

import dev.sluice.gateway.access.AccessList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Tells in sentences what has changed of access, without secrets and hashes. */
final class AccessChanges {

  private AccessChanges() {}

  static List<String> between(AccessList before, AccessList now) {
    List<String> changes = new ArrayList<>();
    if (before.anonymous() != now.anonymous()) {
      changes.add("access has changed: anonymous is " + now.anonymous());
    }
    tell("key", before.keys(), now.keys(), changes);
    tell("user", before.users(), now.users(), changes);
    return changes;
  }

  private static <T> void tell(
      String what, Map<String, T> before, Map<String, T> now, List<String> changes) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      T then = before.get(name);
      T today = now.get(name);
      if (then == null) {
        changes.add("access has changed: the " + what + ' ' + name + " is new");
      } else if (today == null) {
        changes.add("access has changed: the " + what + ' ' + name + " is gone");
      } else if (!then.equals(today)) {
        changes.add(
            "access has changed: the " + what + ' ' + name + " has other rights or secrets");
      }
    }
  }
}
