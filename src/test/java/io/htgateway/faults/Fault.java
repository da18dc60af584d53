package io.htgateway.faults;

import java.nio.charset.StandardCharsets;

import io.htgateway.faults.Connection.Script;
import org.jspecify.annotations.Nullable;

import static io.htgateway.faults.Fault.Problem.FAILED;
import static io.htgateway.faults.Fault.Problem.TIMED_OUT;

/**
 * Everything that can be wrong with an answer. In order: what a client gets for a cold
 * key, the calls that are paid for when the fault is the upstream's, and the calls and
 * the downloads when it is the object store's.
 */
@SuppressWarnings("ImmutableEnumChecker")
enum Fault {

	REFUSED(FAILED, 2, 1, 1, null),

	RESET_BEFORE_HEADERS(FAILED, 2, 1, 1, Connection::reset),

	RESET_AFTER_HEADERS(FAILED, 2, 1, 1, Scripts::resetAfterHeaders),

	HALF_BODY(FAILED, 2, 1, 1, Scripts::halfBody),

	UNFINISHED_CHUNKS(FAILED, 2, 1, 1, Scripts::unfinishedChunks),

	UNAVAILABLE(FAILED, 2, 1, 1, Scripts.text("HTTP/1.1 503 Busy\nConnection: close\nContent-Length: 0\n\n")),

	BROKEN(FAILED, 1, 1, 1, Scripts.text("HTTP/1.1 500 Oops\nConnection: close\nContent-Length: 0\n\n")),

	SLOW_DRIP(TIMED_OUT, 1, 1, 1, Scripts::drip),

	HANG(TIMED_OUT, 1, 1, 1, Connection::hang),

	WRONG_HOST(Certificate.WRONG_HOST),

	EXPIRED_CERTIFICATE(Certificate.EXPIRED),

	GARBAGE(FAILED, 1, 1, 1, Scripts.text("SSH-2.0-OpenSSH_9.9\n\n")),

	HTML(FAILED, 1, 1, 1, Scripts.ok("Content-Type: text/html", "<html><body>Sorry</body></html>")),

	HTML_AS_JSON(FAILED, 1, 1, 1, Scripts.ok("Content-Type: application/json", "<html><body>Sorry</body></html>")),

	ERROR_OBJECT(FAILED, 1, 1, 1, Scripts.ok("Content-Type: application/json", "{\"error\":\"internal\"}")),

	EMPTY(FAILED, 1, 1, 1, Scripts.ok("Content-Type: application/json", "")),

	NOT_UTF8(FAILED, 1, 1, 1,
			Scripts.ok("Content-Type: application/json",
					"{\"heatmap\":[],\"items\":[],\"fills\":[],\"name\":\"\u00ff\"}"
						.getBytes(StandardCharsets.ISO_8859_1))),

	CUT_JSON(FAILED, 1, 1, 1,
			Scripts.ok("Content-Type: application/json", "{\"heatmap\":[],\"items\":[],\"fills\":[],\"name\":\"cu")),

	GZIP_BOMB(FAILED, 1, 1, 1, Scripts.gzipBomb()),

	TOO_LARGE_DECLARED(FAILED, 1, 1, 1, Scripts::largeDeclared),

	TOO_LARGE_UNDECLARED(FAILED, 1, 1, 1, Scripts::largeUndeclared),

	REDIRECT_LOOP(FAILED, 1, 1, 3, Scripts.redirect("https://127.0.0.1:{port}/again")),

	REDIRECT_TO_OTHER_ADDRESS(FAILED, 1, 1, 1, Scripts.redirect("https://127.0.0.2:{port}/x")),

	REDIRECT_TO_METADATA(FAILED, 1, 1, 1, Scripts.redirect("http://169.254.169.254/latest/meta-data/")),

	REDIRECT_TO_IPV6_LOOPBACK(FAILED, 1, 1, 1, Scripts.redirect("https://[::1]:{port}/x")),

	/**
	 * The link was good when the upstream gave it.
	 */
	LINK_EXPIRED(FAILED, Fault.NONE, 2, 2,
			Scripts.text("HTTP/1.1 403 Forbidden\nConnection: close\nContent-Type: application/xml\n\n"
					+ "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"));

	/**
	 * The fault does not occur there.
	 */
	static final int NONE = -1;

	private final Problem problem;

	private final int calls;

	private final int storeCalls;

	private final int downloads;

	private final Certificate certificate;

	private final @Nullable Script script;

	Fault(Problem problem, int calls, int storeCalls, int downloads, @Nullable Script script) {
		this(problem, calls, storeCalls, downloads, Certificate.GOOD, script);
	}

	Fault(Certificate certificate) {
		this(FAILED, 1, 1, 1, certificate, Connection::hang);
	}

	Fault(Problem problem, int calls, int storeCalls, int downloads, Certificate certificate, @Nullable Script script) {
		this.problem = problem;
		this.calls = calls;
		this.storeCalls = storeCalls;
		this.downloads = downloads;
		this.certificate = certificate;
		this.script = script;
	}

	Problem problem() {
		return problem;
	}

	int calls(Leg leg) {
		return (leg == Leg.UPSTREAM) ? calls : storeCalls;
	}

	/**
	 * Returns the calls that are charged: those that the upstream may have received.
	 */
	int charged(Leg leg) {
		boolean unsent = script == null || certificate != Certificate.GOOD;
		return (unsent && leg == Leg.UPSTREAM) ? 0 : calls(leg);
	}

	int downloads(Leg leg) {
		return (leg == Leg.UPSTREAM) ? 0 : downloads;
	}

	Certificate certificate() {
		return certificate;
	}

	/**
	 * What is done to each connection, or null when there are none.
	 */
	@Nullable Script script() {
		return script;
	}

	/**
	 * What a client gets when there is nothing else to give.
	 */
	enum Problem {

		FAILED(502, "upstream-failed"), TIMED_OUT(504, "upstream-timed-out");

		private final int status;

		private final String type;

		Problem(int status, String type) {
			this.status = status;
			this.type = type;
		}

		int status() {
			return status;
		}

		String type() {
			return type;
		}

	}

}
