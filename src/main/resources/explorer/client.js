// The client of the gateway's public endpoints, with conditional requests and the cost of each.

import { token } from "./token.js";

/** Address of the gateway, with its path prefix. */
export const BASE = new URL(".", location.href.split("#")[0]).href;

/** What this tab has sent: requests for data, and the upstream calls that they caused. */
export const spent = { requests: 0, calls: 0 };

/** Media type of streams of JSON. */
export const NDJSON = "application/x-ndjson";

const WAITS = [400, 800, 1500, 3000, 5000];
const stored = new Map();

/** Failure of a request: a problem document of the gateway (RFC 9457), or no answer. */
export class Problem extends Error {
  constructor(status, document, retryAfter) {
    super(document.detail ?? document.title ?? "status " + status);
    this.status = status;
    this.title = document.title ?? "Error " + status;
    this.type = document.type ?? "about:blank";
    this.retryAfter = retryAfter;
    this.requestId = document.requestId ?? null;
    this.errors = Array.isArray(document.errors) ? document.errors : [];
  }
}

/** Returns all responses that this tab holds. */
export function held() {
  return [...stored.values()];
}

/** Returns the response of a path that this tab holds, or null. Sends nothing. */
export function peek(path) {
  return stored.get(path) ?? null;
}

/** Forgets all responses, for example because they belong to another token. */
export function forget() {
  tokens++;
  stored.clear();
}

/** Calls a function with the path of each response that arrives, also for a view that was left. Returns the function that ends it. */
export function onArrival(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Returns the age of a response in seconds. */
export function age(response) {
  return response.age + (performance.now() - response.at) / 1000;
}

/** Returns when the gateway loaded a response, at its time. */
export function fetched(response) {
  return new Date(now().getTime() - age(response) * 1000);
}

/** Returns for how many seconds a response is still fresh; zero or less if it is stale. */
export function freshFor(response) {
  return response.ttl - (performance.now() - response.at) / 1000;
}

/** Returns the time at the gateway, which is not the time of this machine. */
export function now() {
  return new Date(Date.now() + skew);
}

let skew = 0;
let tokens = 0;
const listeners = new Set();

/**
 * Returns the stored response of a path, or null if the gateway has none. Never costs an upstream
 * call: the request is only-if-cached (RFC 9111 5.2.1.7), and is not even sent while the response
 * that this tab holds is fresh.
 */
export async function cached(path) {
  const known = stored.get(path);
  if (known && freshFor(known) > 0) {
    return known;
  }
  try {
    return await get(path, { "Cache-Control": "only-if-cached" });
  } catch (problem) {
    if (problem.status !== 504 || !problem.type.endsWith(":not-cached")) {
      throw problem;
    }
    if (known) {
      known.evicted = true;
    }
    return known ?? null;
  }
}

/** Returns the response of a path, which may cost one upstream call. */
export async function load(path) {
  let response = await get(path, {});
  for (const wait of WAITS) {
    if (!response.cacheStatus.includes("stale-while-revalidate") || freshFor(response) > 0) {
      break;
    }
    await new Promise((wake) => setTimeout(wake, wait));
    const newer = await get(path, { "Cache-Control": "only-if-cached" });
    response = freshFor(newer) > 0 ? newer : response;
  }
  return response;
}

/** Returns the body of a path that no cache of the gateway answers, as JSON. */
export async function read(path) {
  return (await send(path, {})).json();
}

/** Calls a function with each complete line of a stream of JSON (NDJSON), and returns at its end. */
export async function lines(path, signal, consume, headers = {}) {
  const answer = await send(path, { ...headers, Accept: NDJSON }, signal);
  let rest = "";
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const complete = (rest + part.value).split("\n");
    rest = complete.pop();
    complete.filter((line) => line.trim()).forEach((line) => consume(JSON.parse(line)));
  }
}

async function get(path, headers) {
  const known = stored.get(path);
  const asked = tokens;
  const answer = await send(path, known?.etag ? { ...headers, "If-None-Match": known.etag } : headers);
  const cacheStatus = answer.headers.get("Cache-Status") ?? "";
  const body = answer.status === 304 ? known.body : await answer.json();
  const calls = cacheStatus.includes("stored") || cacheStatus.includes("fwd-status=304")
    || cacheStatus.includes("stale-while-revalidate") || cacheStatus.includes("fwd=bypass") ? 1 : 0;
  spent.calls += calls;
  const response = { path, body, cacheStatus, at: performance.now(), etag: answer.headers.get("ETag"),
    age: number(answer.headers.get("Age")), ttl: lifetime(answer.headers, cacheStatus), calls,
    stateTime: answer.headers.get("HyperTracker-State-Time") ?? known?.stateTime ?? null };
  const received = Date.parse(answer.headers.get("Date") ?? "");
  if (Number.isFinite(received)) {
    skew = received + response.age * 1000 - Date.now();
  }
  if (asked === tokens) {
    stored.set(path, response);
    listeners.forEach((listener) => listener(path));
  }
  return response;
}

async function send(path, headers, signal) {
  const secret = token();
  spent.requests++;
  let answer;
  try {
    answer = await fetch(BASE + path, { cache: "no-store", credentials: "omit", redirect: "error", signal,
      headers: secret ? { ...headers, Authorization: "Bearer " + secret } : headers });
  } catch (failure) {
    if (failure.name === "AbortError") {
      throw failure;
    }
    throw new Problem(0, { title: "The gateway does not answer", detail: "No response from " + BASE
      + ". Check that it runs and that this machine reaches it, then try again." }, null);
  }
  if (answer.ok || answer.status === 304) {
    return answer;
  }
  throw new Problem(answer.status, await answer.json().catch(() => ({})), number(answer.headers.get("Retry-After"), null));
}

function lifetime(headers, cacheStatus) {
  const left = /;\s*ttl=(-?\d+)/.exec(cacheStatus);
  if (left) {
    return Number(left[1]);
  }
  const maxAge = /max-age=(\d+)/.exec(headers.get("Cache-Control") ?? "");
  return maxAge && !cacheStatus.includes("detail=") ? Number(maxAge[1]) - number(headers.get("Age")) : 0;
}

function number(text, absent = 0) {
  return text === null || !Number.isFinite(Number(text)) ? absent : Number(text);
}
