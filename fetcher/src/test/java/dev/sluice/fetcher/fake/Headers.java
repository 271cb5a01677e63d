package dev.sluice.fetcher.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Header fields in their order, exactly as written on the wire; names match in any case. */
public record Headers(List<Field> fields) {

  /** No fields. */
  public static final Headers NONE = new Headers(List.of());

  /** One line of a head. */
  public record Field(String name, String value) {}

  /** Keeps its own copy. */
  public Headers {
    fields = List.copyOf(fields);
  }

  /** The first value under this name. */
  public Optional<String> get(String name) {
    return fields.stream().filter(f -> f.name.equalsIgnoreCase(name)).map(Field::value).findFirst();
  }

  /** Every value under this name. */
  public List<String> all(String name) {
    return fields.stream().filter(f -> f.name.equalsIgnoreCase(name)).map(Field::value).toList();
  }

  /** Whether there is a field of this name. */
  public boolean has(String name) {
    return get(name).isPresent();
  }

  /** With one more line, whatever else bears its name. */
  public Headers plus(String name, String value) {
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value));
    return new Headers(more);
  }

  /** With this as the only line of its name. */
  public Headers with(String name, String value) {
    return without(name).plus(name, value);
  }

  /** Without the lines of this name. */
  public Headers without(String name) {
    return new Headers(fields.stream().filter(f -> !f.name.equalsIgnoreCase(name)).toList());
  }
}
