package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.upstream.UpstreamAnswer.Absent;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Unasked;
import dev.sluice.metadata.Rule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each question to an upstream, whether it went out, and what came of it. */
final class QuestionLog {

  private static final Logger LOG = LoggerFactory.getLogger(QuestionLog.class);

  private QuestionLog() {}

  /** The answer, which has its line now. */
  static <T> UpstreamAnswer<T> noted(
      Rule rule, Question question, Purpose purpose, UpstreamAnswer<T> answer) {
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "rule {}: {} {} of {} as a {}: {}",
          rule.prefix(),
          question.method(),
          question.path(),
          rule.upstream(),
          purpose,
          words(answer));
    }
    return answer;
  }

  /** Never what was answered: bodies and headers may hold secrets. */
  private static String words(UpstreamAnswer<?> answer) {
    return switch (answer) {
      case Got<?> _ -> "it has it";
      case Absent<?> _ -> "it has no such thing";
      case Unasked<?>(var reason, _) -> "it was not asked: " + reason;
      default -> answer.trouble().orElseThrow();
    };
  }
}
