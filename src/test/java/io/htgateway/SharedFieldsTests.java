package io.htgateway;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.netty.channel.ChannelHandler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fields that change are seen by all threads: a field is final, volatile or on the list
 * of those whose class says how else it is shared.
 */
class SharedFieldsTests {

	/**
	 * All access is synchronized, here or in the one class that has an instance.
	 */
	private static final Set<String> SYNCHRONIZED = Set.of("BudgetState", "CalendarWindow", "Allowance", "MinuteWindow",
			"RecentCalls", "Reservations", "SharedSpend", "LedgerCount", "LedgerRequests", "PeriodCalls", "AgeClock",
			"Latches", "Purges", "Follower", "StateClock", "ChargeLog", "EarlierPeriods", "Windows", "UnreportedCalls",
			"SpendKeeper", "RefreshAllowance", "ActiveKeys", "Demand", "StorePause", "LoadLog", "SecretFile",
			"Availability", "HeapExhaustion", "ElsewhereLog", "Pipelines", "WrongUpstream", "WrongUpstreamLog",
			"ProbeSchedule", "SuspectEndpoints", "FileIndex", "DiskHealth", "PendingWrites", "Backlog", "HistoryHealth",
			"GapLog", "ExpiryLog", "WatchTurn", "WatchedKey", "Month", "MonthAccounts", "RequestAccounts",
			"VerificationQueue", "KeyRequest", "Turns", "FillLog", "FillPoller", "PollHealth", "StreamSlots",
			"JournalFollower", "LocalJournal", "JoinedRuns");

	/**
	 * Used by the thread of one connection, of one watch or of one parse, alone.
	 */
	private static final Set<String> OF_ONE_THREAD = Set.of("HitWriter", "ConnectionCaller", "TeamRequests",
			"Http2Guard", "StreamTimeouts", "StoreRefusal", "DirectoryScan");

	@Test
	void fieldThatChangesIsVolatileOrOfAClassThatIsKnownToGuardIt() {
		List<JavaField> plain = ArchitectureTests.CLASSES.stream()
			.filter((type) -> !type.isAssignableTo(ChannelHandler.class))
			.flatMap((type) -> type.getFields().stream())
			.filter(SharedFieldsTests::isPlain)
			.toList();

		assertThat(
				new TreeSet<>(plain.stream().map((field) -> name(field.getOwner()) + "." + field.getName()).toList()))
			.allMatch((field) -> isGuarded(field.substring(0, field.indexOf('.'))));
		assertThat(plain).isNotEmpty();
	}

	private static boolean isPlain(JavaField field) {
		return !field.getModifiers().contains(JavaModifier.FINAL)
				&& !field.getModifiers().contains(JavaModifier.VOLATILE)
				&& !field.getModifiers().contains(JavaModifier.SYNTHETIC);
	}

	private static boolean isGuarded(String type) {
		return SYNCHRONIZED.contains(type) || OF_ONE_THREAD.contains(type);
	}

	private static String name(JavaClass type) {
		return type.getName().substring(type.getPackageName().length() + 1).replaceAll("[$].*", "");
	}

}
