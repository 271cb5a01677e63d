package dev.sluice.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The line of imports, and the house rules that a compiler cannot keep. */
class ArchitectureTest {

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.sluice");

  @ParameterizedTest
  @CsvSource({
    "storage, metadata",
    "storage, fetcher",
    "storage, gateway",
    "storage, deploy",
    "metadata, fetcher",
    "metadata, gateway",
    "metadata, deploy",
    "fetcher, gateway",
    "fetcher, deploy",
    "gateway, deploy"
  })
  void roomsDoNotLookToTheirLeft(String room, String left) {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.sluice." + room + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sluice." + left + "..")
            .because("deploy -> gateway -> fetcher -> metadata -> storage is a line, not a net"));
  }

  @ParameterizedTest
  @CsvSource({"storage", "metadata", "fetcher", "gateway"})
  void onlyRootPackagesAreSeenFromOtherRooms(String room) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.sluice." + room + "..", "dev.sluice.deploy..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sluice." + room + ".*..")
            .because("a room is its contracts; only deploy, which builds it, enters it"));
  }

  @ParameterizedTest
  @CsvSource({"storage", "metadata", "fetcher"})
  void contractsKnowNothingOfTheirForms(String room) {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.sluice." + room)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sluice." + room + ".*..")
            .because("a contract that imports one of its forms cannot have another"));
  }

  @Test
  void packagesHaveNoCycles() {
    check(
        slices()
            .matching("dev.sluice.(**)")
            .should()
            .beFreeOfCycles()
            .because("what depends on itself in a circle can only be understood at once"));
  }

  @Test
  void librariesStayInTheirRooms() {
    for (List<String> home :
        List.of(
            List.of("org.h2..", "dev.sluice.metadata.embedded.."),
            List.of("io.vertx.redis..", "dev.sluice.metadata.redis"),
            List.of(
                "com.github.benmanes.caffeine..", "dev.sluice.gateway..", "dev.sluice.storage.."),
            List.of("software.amazon.awssdk..", "dev.sluice.storage.s3"),
            List.of("io.micrometer..", "dev.sluice.deploy.."),
            List.of("io.opentelemetry..", "dev.sluice.deploy.tracing"),
            List.of("com.fasterxml.jackson..", "dev.sluice.deploy..", "dev.sluice.gateway.ecr"),
            List.of("uk.co.lucasweb..", "dev.sluice.gateway.ecr"),
            List.of("com.nimbusds..", "dev.sluice.gateway.access"),
            List.of("at.favre.lib..", "dev.sluice.gateway.access"),
            List.of("com.hazelcast..", "dev.sluice.deploy.cluster"),
            List.of("io.vertx.spi.cluster..", "dev.sluice.deploy.cluster"),
            List.of("ch.qos.logback..", "dev.sluice.deploy.logging.."),
            List.of("io.netty..", "dev.sluice.storage.growing.."))) {
      check(
          noClasses()
              .that()
              .resideOutsideOfPackages(home.subList(1, home.size()).toArray(new String[0]))
              .should()
              .dependOnClassesThat()
              .resideInAPackage(home.getFirst())
              .because("a library that is used in one place can be replaced in one place"));
    }
  }

  @Test
  void onlyDecisionsAwait() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "dev.sluice.fetcher..", "dev.sluice.gateway.ecr..", "dev.sluice.gateway.console..")
            .should()
            .callMethod(Future.class, "await")
            .because("await blocks an event loop; decisions run on virtual threads, bytes do not"));
  }

  @Test
  void nobodyAwaitsWithATimeout() {
    check(
        noClasses()
            .should()
            .callMethod(Future.class, "await", long.class, java.util.concurrent.TimeUnit.class)
            .because("after its TimeoutException a virtual-thread context freezes (Vert.x 5.1.6)"));
  }

  @Test
  void timeComesFromAClock() {
    check(
        noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .because("what looks at the wall clock by itself cannot be tested"));
  }

  @Test
  void namesSayWhatThingsDoToTheDomain() {
    check(
        noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Common)$")
            .orShould()
            .haveSimpleNameStartingWith("Base")
            .orShould()
            .haveSimpleNameStartingWith("Abstract")
            .because("such a name can hold anything, and soon does"));
  }

  @Test
  void verticlesOnlyDeploy() {
    check(
        classes()
            .that()
            .areAssignableTo(io.vertx.core.Verticle.class)
            .should()
            .beAssignableTo(io.vertx.core.VerticleBase.class)
            .because("start and stop return the future they have")
            .allowEmptyShould(true));
  }

  private static void check(ArchRule rule) {
    rule.check(HOUSE);
  }
}
