package dev.sluice.deploy;

import dev.sluice.deploy.config.Config;
import dev.sluice.deploy.config.ConfigLoader;
import dev.sluice.deploy.config.Loaded;
import dev.sluice.deploy.config.LoadedAccess;
import dev.sluice.deploy.logging.Logging;
import dev.sluice.deploy.mirror.Cache;
import dev.sluice.fetcher.Validation;
import dev.sluice.metadata.Rule;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;

/**
 * The command line: {@code serve}, {@code check-config}, {@code mirror-config}, {@code warm-up},
 * {@code version}, {@code help}.
 */
public final class Main {

  /** What was asked for has been done, or has been started. */
  static final int FINE = 0;

  /** The configuration is invalid, or a rule of it that was tried; or images were not warmed up. */
  static final int INVALID = 1;

  /** The command line is wrong. */
  static final int WRONG_USAGE = 2;

  /** The configuration is valid, and this machine does not allow it; or a node cannot be asked. */
  static final int CANNOT_START = 4;

  private static final String ASK_UPSTREAMS = "--ask-upstreams";

  private final PrintStream out;
  private final PrintStream err;
  private final ConfigLoader loader;
  private final ToIntBiFunction<Config, Supplier<LoadedAccess>> serve;

  /**
   * @param serve runs a configuration, whose part {@code access} the operator may change meanwhile
   */
  Main(
      PrintStream out,
      PrintStream err,
      ConfigLoader loader,
      ToIntBiFunction<Config, Supplier<LoadedAccess>> serve) {
    this.out = out;
    this.err = err;
    this.loader = loader;
    this.serve = serve;
  }

  /** Runs a command; a node that was started keeps the process alive after this has returned. */
  public static void main(String[] args) {
    ConfigLoader loader =
        new ConfigLoader(System.getenv(), Path.of(System.getProperty("user.home")));
    int code = new Main(System.out, System.err, loader, Serve::run).run(args);
    if (code != FINE) {
      System.exit(code);
    }
  }

  /** The exit code of a command line. */
  int run(String... args) {
    String command = args.length == 0 ? "help" : args[0];
    List<String> rest = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
    return switch (command) {
      case "serve" -> serve(ServeCommand.parse(rest));
      case "check-config" -> checkConfig(rest);
      case "mirror-config" -> mirrorConfig(MirrorConfigCommand.parse(rest));
      case "warm-up" -> warmUp(WarmUpCommand.parse(rest));
      case "version", "--version" -> rest.isEmpty() ? print(Version.text()) : noMore(command);
      case "help", "--help", "-h" -> print(Usage.TEXT);
      default -> wrong("\"" + command + "\" is not a command");
    };
  }

  private int mirrorConfig(MirrorConfigCommand command) {
    return switch (command) {
      case MirrorConfigCommand.Wrong(var why) -> wrong("mirror-config: " + why);
      case MirrorConfigCommand.Order(var client, var file) ->
          switch (file.map(loader::load).orElseGet(loader::load)) {
            case Loaded.Invalid invalid -> report(invalid);
            case Loaded.Valid(var config) -> {
              if (config.publicUrl().isEmpty()) {
                err.println("warning: publicUrl is not set, so that this is for this machine only");
              }
              Cache cache = Cache.of(config, PublicUrl.of(config, config.listen()));
              out.print(client.configuration(cache));
              yield FINE;
            }
          };
    };
  }

  private int warmUp(WarmUpCommand command) {
    return switch (command) {
      case WarmUpCommand.Wrong(var why) -> wrong("warm-up: " + why);
      case WarmUpCommand.Order order -> new WarmUpRun(out, err, order).run();
    };
  }

  private int serve(ServeCommand command) {
    return switch (command) {
      case ServeCommand.Wrong(var why) -> wrong("serve: " + why);
      case ServeCommand.Options options -> serve(options);
    };
  }

  private int serve(ServeCommand.Options options) {
    return switch (options.config().map(loader::load).orElseGet(loader::load)) {
      case Loaded.Invalid invalid -> report(invalid);
      case Loaded.Valid(var read) -> {
        Config config = options.data().map(read::withData).orElse(read);
        Logging.use(config.log().format(), config.log().levels());
        config.warnings().forEach(warning -> err.println("warning: " + warning));
        yield serve.applyAsInt(config, () -> access(options, config));
      }
    };
  }

  /** Without a file there is nothing that could change but the files that variables name. */
  private LoadedAccess access(ServeCommand.Options options, Config config) {
    return options
        .config()
        .map(loader::loadAccess)
        .orElseGet(() -> new LoadedAccess.Valid(config.access()));
  }

  private int checkConfig(List<String> rest) {
    boolean asking = rest.contains(ASK_UPSTREAMS);
    List<String> files = rest.stream().filter(word -> !word.equals(ASK_UPSTREAMS)).toList();
    boolean twice = rest.size() - files.size() > 1;
    if (twice || files.size() != 1 || files.getFirst().isEmpty() || isOption(files.getFirst())) {
      return wrong("check-config takes one file, and perhaps " + ASK_UPSTREAMS);
    }
    return switch (loader.load(Path.of(files.getFirst()))) {
      case Loaded.Invalid invalid -> report(invalid);
      case Loaded.Valid(var config) -> {
        config.warnings().forEach(warning -> out.println("warning: " + warning));
        int code = print(files.getFirst() + " is valid");
        yield asking ? askUpstreams(config) : code;
      }
    };
  }

  private static boolean isOption(String word) {
    return word.startsWith("-");
  }

  private int askUpstreams(Config config) {
    Map<Rule, Validation> found = UpstreamCheck.of(config);
    found.forEach((rule, validation) -> out.println(line(rule, validation)));
    return found.values().stream().allMatch(Validation.Valid.class::isInstance) ? FINE : INVALID;
  }

  private static String line(Rule rule, Validation validation) {
    String verdict = validation instanceof Validation.Valid ? "valid" : "invalid";
    return "rule " + rule.prefix() + ": " + verdict + ": " + validation.sentence();
  }

  private int report(Loaded.Invalid invalid) {
    invalid.problems().forEach(err::println);
    int count = invalid.problems().size();
    err.println(
        count == 1 ? "1 mistake; nothing was started" : count + " mistakes; nothing was started");
    return INVALID;
  }

  private int print(String text) {
    out.println(text);
    return FINE;
  }

  private int noMore(String command) {
    return wrong(command + " takes nothing more");
  }

  private int wrong(String why) {
    err.println("sluice: " + why);
    err.println(Usage.TEXT);
    return WRONG_USAGE;
  }
}
