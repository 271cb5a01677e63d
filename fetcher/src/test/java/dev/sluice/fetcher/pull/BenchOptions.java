package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Via;
import dev.sluice.fetcher.fake.FakeOptions;
import dev.sluice.fetcher.upstream.AddressGuard;
import dev.sluice.fetcher.upstream.AddressRange;
import dev.sluice.fetcher.upstream.Backoff;
import dev.sluice.fetcher.upstream.Credential;
import dev.sluice.fetcher.upstream.Deadlines;
import dev.sluice.fetcher.upstream.Resolver;
import dev.sluice.fetcher.upstream.Upstreams;
import dev.sluice.metadata.RateLimits;
import dev.sluice.storage.Archive;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What is fixed when a {@link Bench} is set up.
 *
 * @param credentials by the name that a rule gives
 * @param archive what the fetcher takes for that of its nodes
 */
public record BenchOptions(
    Deadlines deadlines,
    AddressGuard guard,
    Resolver resolver,
    Map<String, Credential> credentials,
    FakeOptions registry,
    Archive archive) {

  private static final AddressRange LOOPBACK = AddressRange.parse("127.0.0.0/8").orElseThrow();

  /** So that a test of resumes does not take its time. */
  private static final Backoff BRIEF = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));

  /** Opens loopback, is patient, has no credential. */
  public static BenchOptions plain() {
    return new BenchOptions(
        deadlines(Duration.ofSeconds(20)),
        new AddressGuard(LOOPBACK::contains),
        Resolver.SYSTEM,
        Map.of(),
        FakeOptions.plain(),
        Archive.NONE);
  }

  /** With deadlines for tests of silence, which never ends by itself. */
  public BenchOptions impatient() {
    Duration headers = Duration.ofMillis(400);
    return deadlines(new Deadlines(headers, headers, Duration.ofMillis(600)));
  }

  /** With these deadlines, but brief pauses before resumes. */
  public BenchOptions deadlines(Deadlines other) {
    return new BenchOptions(brief(other), guard, resolver, credentials, registry, archive);
  }

  private static Deadlines brief(Deadlines some) {
    return new Deadlines(some.connect(), some.headers(), some.idle(), some.progress(), BRIEF);
  }

  /** With this guard. */
  public BenchOptions guard(AddressGuard other) {
    return new BenchOptions(deadlines, other, resolver, credentials, registry, archive);
  }

  /** With this resolver. */
  public BenchOptions resolver(Resolver other) {
    return new BenchOptions(deadlines, guard, other, credentials, registry, archive);
  }

  /** With this credential, under the name {@code login}. */
  public BenchOptions credential(String user, String secret) {
    Map<String, Credential> login = Map.of("login", new Credential(user, secret));
    return new BenchOptions(deadlines, guard, resolver, login, registry, archive);
  }

  /** With these credentials, by name. */
  public BenchOptions credentials(Map<String, Credential> others) {
    return new BenchOptions(deadlines, guard, resolver, others, registry, archive);
  }

  /** With a registry like this. */
  public BenchOptions registry(FakeOptions other) {
    return new BenchOptions(deadlines, guard, resolver, credentials, other, archive);
  }

  /** With this archive. */
  public BenchOptions archive(Archive other) {
    return new BenchOptions(deadlines, guard, resolver, credentials, registry, other);
  }

  Upstreams.Setup outside(RateLimits limits) {
    return new Upstreams.Setup(
        guard,
        resolver,
        name -> Optional.ofNullable(credentials.get(name)),
        deadlines,
        limits,
        Via.pseudonym());
  }

  private static Deadlines deadlines(Duration each) {
    return brief(new Deadlines(each, each, each));
  }
}
