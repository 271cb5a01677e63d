// Requests to the node that this page came from, and what went wrong with them.

/** A refusal, or no answer at all (`status` 0). */
export class ApiError extends Error {
  constructor(status, code, messages, retryAfter = 0) {
    super(messages.join("; "));
    this.status = status;
    this.code = code;
    this.messages = messages;
    this.retryAfter = retryAfter;
  }
}

let onSessionEnd = () => {};

/** Who is told when a request finds that nobody is logged in any more. */
export function whenSessionEnds(listener) {
  onSessionEnd = listener;
}

/** Answers the JSON of a path below /api/v1/. */
export function get(path, signal) {
  return send("GET", path, undefined, signal);
}

/** Sends JSON and answers JSON. */
export function post(path, body = {}) {
  return send("POST", path, body);
}

/** Removes what a path names. */
export function remove(path) {
  return send("DELETE", path, {});
}

/** An operation of the ECR API, in the name of who is logged in. */
export function ecr(operation, body = {}) {
  return post(`ecr/${operation}`, body);
}

/** All pages of an operation that answers a list under `member`. */
export async function ecrAll(operation, member, body = {}) {
  const all = [];
  let nextToken;
  do {
    const page = await ecr(operation, nextToken ? { ...body, nextToken } : body);
    all.push(...(page[member] ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return all;
}

async function send(method, path, body, signal) {
  const response = await reach(`/api/v1/${path}`, {
    method,
    signal,
    credentials: "same-origin",
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const json = parsed(text);
  if (response.ok) {
    return json ?? {};
  }
  const error = failure(response, json);
  if (error.status === 401 && path !== "session") {
    onSessionEnd();
  }
  throw error;
}

async function reach(url, request) {
  try {
    return await fetch(url, request);
  } catch (problem) {
    if (problem.name === "AbortError") {
      throw problem;
    }
    throw new ApiError(0, "UNREACHABLE", [
      "The node does not answer. It may be starting again, or the network is down.",
    ]);
  }
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** The API's own errors are a list, those of ECR have a type. */
function failure(response, json) {
  const retryAfter = Number(response.headers.get("Retry-After")) || 0;
  const listed = Array.isArray(json?.errors) ? json.errors : [];
  if (listed.length > 0) {
    return new ApiError(
      response.status,
      String(listed[0].code),
      listed.map((each) => String(each.message)),
      retryAfter,
    );
  }
  const type = String(json?.__type ?? "")
    .split("#")
    .pop();
  const message = String(
    json?.message ?? json?.Message ?? `The node answered ${response.status} ${response.statusText}.`,
  );
  return new ApiError(response.status, type || `HTTP_${response.status}`, [message], retryAfter);
}
