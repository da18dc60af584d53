package io.htgateway.shared.budget;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

import io.htgateway.budget.BudgetExhausted;
import io.htgateway.budget.BudgetSnapshot;
import io.htgateway.budget.Budgets;
import io.htgateway.budget.Priority;
import io.htgateway.budget.share.Shares;
import io.htgateway.budget.strategy.SharedBudget;
import io.htgateway.shared.Stores;
import io.htgateway.testing.redis.RedisServer;

/**
 * The budget of one of three replicas, for tests.
 */
record ReplicaBudget(SharedBudget budget, Stores stores, LedgerSynchronizer synchronizer) implements AutoCloseable {

	static final int REPLICAS = 3;

	static ReplicaBudget start(RedisServer redis, String prefix, long perMinute, long perMonth,
			Map<String, Double> shares) {
		return start(Stores.connect(redis, prefix), perMinute, perMonth, shares);
	}

	static ReplicaBudget start(Stores stores, long perMinute, long perMonth, Map<String, Double> shares) {
		return start(stores, Budgets.shared(perMinute, perMonth, REPLICAS, new Shares(shares),
				new RedisLedger(stores.store()), InstantSource.system()));
	}

	static ReplicaBudget start(Stores stores, long perMonth, boolean assumeEvenSpend, Consumer<SharedBudget> restore) {
		SharedBudget budget = Budgets.shared(perMonth, REPLICAS, assumeEvenSpend, new RedisLedger(stores.store()),
				InstantSource.system());
		restore.accept(budget);
		return start(stores, budget);
	}

	private static ReplicaBudget start(Stores stores, SharedBudget budget) {
		LedgerSynchronizer synchronizer = new LedgerSynchronizer(budget, stores.store());
		synchronizer.start();
		return new ReplicaBudget(budget, stores, synchronizer);
	}

	boolean spends() {
		return spends("anyone");
	}

	boolean spends(String account) {
		try {
			Budgets.charge(budget, Priority.INTERACTIVE, account);
			return true;
		}
		catch (BudgetExhausted refused) {
			return false;
		}
	}

	int drain() {
		return Budgets.drain(budget, Priority.INTERACTIVE);
	}

	BudgetSnapshot.Window minute() {
		return budget.snapshot().windows().getFirst();
	}

	BudgetSnapshot.Window month() {
		return budget.snapshot().windows().getLast();
	}

	long counted() {
		return Budgets.counted(budget);
	}

	boolean isShared() {
		return stores.store().isAvailable();
	}

	/**
	 * Ends without reporting calls or saving the spend.
	 */
	void kill() {
		stores.close();
	}

	@Override
	public void close() {
		synchronizer.stop();
		stores.close();
	}

}
