package dev.sluice.gateway.ecr.rule;

import dev.sluice.gateway.ecr.Members;
import dev.sluice.gateway.ecr.Shape;
import java.util.Optional;

/** Prefixes in requests, which may end in a slash. */
final class RulePrefix {

  private static final String MEMBER = "ecrRepositoryPrefix";

  /** The first part of the registry's own paths: a rule of that name could be taken for them. */
  private static final String RESERVED = "v2";

  private RulePrefix() {}

  /** The prefix of a rule that there may be; null after a mistake. */
  static String read(Members members) {
    String text = members.required(MEMBER, Shape.RULE_PREFIX);
    return text == null ? null : bare(members, MEMBER, text);
  }

  /** The prefix of a rule that is to be. */
  static String readNew(Members members) {
    String prefix = read(members);
    if (prefix != null && (prefix.equals(RESERVED) || prefix.startsWith(RESERVED + '/'))) {
      members.reject(MEMBER, "must not begin with v2, which is the registry's own path");
    }
    return prefix;
  }

  /** {@code upstreamRepositoryPrefix}, where it is said. */
  static Optional<String> readUpstream(Members members) {
    String member = "upstreamRepositoryPrefix";
    return members.optional(member, Shape.RULE_PREFIX).map(text -> bare(members, member, text));
  }

  /** What is shown is without the slash, so that has to be long enough to be asked for. */
  private static String bare(Members members, String member, String text) {
    String bare = bare(text);
    Shape.RULE_PREFIX.objection(bare).ifPresent(constraint -> members.reject(member, constraint));
    return bare;
  }

  static String bare(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
