package io.htgateway.teams;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains at start, instead of a stack trace, what is wrong with the list of teams.
 */
final class UnusableTeamsFailureAnalyzer extends AbstractFailureAnalyzer<UnusableTeamsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnusableTeamsException cause) {
		return new FailureAnalysis(cause.getMessage() + " The gateway does not start without knowing who may call.",
				"Set either gateway.teams to the list of teams, or gateway.teams-file to a YAML file that has it at"
						+ " gateway.teams, as docs/teams.md shows. A token"
						+ " and its hash are made by: java -jar hypertracker-gateway.jar --new-team-token=research",
				cause);
	}

}
