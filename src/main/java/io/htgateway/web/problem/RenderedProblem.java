package io.htgateway.web.problem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * Problem as an HTTP response.
 */
@SuppressWarnings("ArrayRecordComponent")
public record RenderedProblem(HttpStatusCode status, HttpHeaders headers, byte[] body) {
}
