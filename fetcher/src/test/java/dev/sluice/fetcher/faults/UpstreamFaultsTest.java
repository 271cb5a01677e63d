package dev.sluice.fetcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table of upstream faults: cold, warm, and while others wait for the bytes. */
class UpstreamFaultsTest {

  private static Runnable disbelieve;

  @TempDir Path folder;

  @BeforeAll
  static void believe() {
    disbelieve = Keys.BELIEVED.believe();
  }

  @AfterAll
  static void disbelieve() {
    disbelieve.run();
  }

  private static List<Row> rows() {
    return Stream.of(
            BodyRows.rows(),
            StatusRows.rows(),
            HeadRows.rows(),
            ConnectRows.rows(),
            ManifestRows.rows(),
            RedirectRows.rows(),
            ListRows.rows())
        .flatMap(rows -> rows)
        .toList();
  }

  static Stream<Case> cases() {
    return rows().stream()
        .flatMap(row -> row.places().stream().flatMap(place -> Case.inEveryState(row, place)));
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void nothingWrongIsServedOrKept(Case one) {
    try {
      one.play(folder);
    } catch (RuntimeException | AssertionError broken) {
      // The table is long, and reports number its cases.
      throw new AssertionError(one.toString(), broken);
    }
  }

  @Test
  void everyRowOfTheTableHasACase() throws IOException {
    assertThat(rows().stream().map(Row::name).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(table());
  }

  /** The names of the rows; the table itself says more about each. */
  private static List<String> table() throws IOException {
    try (InputStream names = UpstreamFaultsTest.class.getResourceAsStream("upstream-faults.txt")) {
      return new String(names.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
