package dev.sluice.deploy.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that means harm, or that nobody has thought of, and what may come of it: a row of
 * {@code hostile.jsonl}.
 *
 * @param raw the bytes that are sent, a character each
 * @param statuses those that may be answered; 0 for a connection that ends without an answer
 * @param code of the error, where it has one
 * @param checks what else must be so
 */
record HostileRequest(
    String name, String raw, List<Integer> statuses, Optional<String> code, List<String> checks) {

  static List<HostileRequest> all(Map<String, String> places) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<HostileRequest> all = new ArrayList<>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                HostileRequest.class.getResourceAsStream("hostile.jsonl"),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        all.add(read(json.readTree(line), places));
      }
    }
    return all;
  }

  private static HostileRequest read(JsonNode row, Map<String, String> places) {
    List<Integer> statuses = new ArrayList<>();
    row.path("expect_status").forEach(status -> statuses.add(status.asInt()));
    List<String> checks = new ArrayList<>();
    row.path("assert").forEach(check -> checks.add(filled(check.asText(), places)));
    String raw = row.has("raw_request") ? row.path("raw_request").asText() : plain(row);
    return new HostileRequest(
        row.path("name").asText(),
        filled(raw, places),
        statuses,
        Optional.ofNullable(row.path("expect_code").textValue()),
        checks);
  }

  private static String plain(JsonNode row) {
    StringBuilder text = new StringBuilder();
    text.append(row.path("method").asText()).append(' ').append(row.path("path").asText());
    text.append(" HTTP/1.1\r\nHost: {{HOST}}\r\nConnection: close\r\n");
    JsonNode headers = row.path("headers");
    headers
        .properties()
        .forEach(
            header ->
                text.append(header.getKey())
                    .append(": ")
                    .append(header.getValue().asText())
                    .append("\r\n"));
    if (row.path("auth").asBoolean(true) && !headers.has("Authorization")) {
      text.append("Authorization: {{AUTH}}\r\n");
    }
    return text.append("\r\n").toString();
  }

  private static String filled(String text, Map<String, String> places) {
    String filled = text;
    for (Map.Entry<String, String> place : places.entrySet()) {
      filled = filled.replace("{{" + place.getKey() + "}}", place.getValue());
    }
    return filled;
  }

  @Override
  public String toString() {
    return name;
  }
}
