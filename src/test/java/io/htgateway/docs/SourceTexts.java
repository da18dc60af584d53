package io.htgateway.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;

/**
 * Calls in the source code of the gateway whose arguments are texts for people.
 */
final class SourceTexts {

	private static final Path SOURCES = Path.of("src/main/java");

	private SourceTexts() {
	}

	/**
	 * A call of a method or constructor in the source code.
	 *
	 * @param type class that makes it, within its file
	 * @param target what is called, such as <code>LOG.info</code>, <code>super</code> or
	 * <code>new Problem</code>
	 * @param arguments texts of its arguments, with <code>{}</code> for whatever is known
	 * at run time only
	 * @param expressions its arguments as they are written
	 */
	record Call(String type, String target, List<String> arguments, List<String> expressions) {

		/**
		 * Returns the text of the numbered argument, or an empty text if it is none.
		 */
		String text(int argument) {
			String text = (argument < arguments.size()) ? arguments.get(argument) : "";
			return text.matches("(\\{\\}|\\W)*") ? "" : text;
		}

	}

	/**
	 * Returns all calls, in the order of the files' names.
	 */
	static List<Call> calls() throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
				Stream<Path> paths = Files.walk(SOURCES)) {
			List<Path> sources = paths.filter((path) -> path.toString().endsWith(".java")).sorted().toList();
			JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
					files.getJavaFileObjectsFromPaths(sources));
			List<Call> calls = new ArrayList<>();
			for (CompilationUnitTree unit : task.parse()) {
				Map<String, String> constants = new HashMap<>();
				new Constants().scan(unit, constants);
				new Scanner(constants).scan(unit, calls);
			}
			return calls;
		}
	}

	private static String text(Tree tree, Map<String, String> constants) {
		return switch (tree) {
			case LiteralTree literal when literal.getValue() instanceof String text -> text;
			case BinaryTree sum when sum.getKind() == Tree.Kind.PLUS ->
				text(sum.getLeftOperand(), constants) + text(sum.getRightOperand(), constants);
			case IdentifierTree name -> constants.getOrDefault(name.getName().toString(), "{}");
			case ParenthesizedTree group -> text(group.getExpression(), constants);
			case ConditionalExpressionTree choice ->
				either(text(choice.getTrueExpression(), constants), text(choice.getFalseExpression(), constants));
			case MethodInvocationTree call when call.getMethodSelect() instanceof MemberSelectTree select
					&& select.getIdentifier().contentEquals("formatted") ->
				text(select.getExpression(), constants).replaceAll("%[sd]", "{}");
			default -> "{}";
		};
	}

	private static String either(String one, String other) {
		return Stream.of(one, other)
			.filter((text) -> !text.isEmpty())
			.distinct()
			.collect(Collectors.joining(" / ", "[", "]"));
	}

	/**
	 * Collects the text constants of a file by their names.
	 */
	private static final class Constants extends TreeScanner<Void, Map<String, String>> {

		@Override
		public Void visitVariable(VariableTree variable, Map<String, String> constants) {
			Set<Modifier> modifiers = variable.getModifiers().getFlags();
			if (modifiers.containsAll(Set.of(Modifier.STATIC, Modifier.FINAL)) && variable.getInitializer() != null
					&& variable.getType().toString().equals("String")) {
				constants.put(variable.getName().toString(), text(variable.getInitializer(), constants));
			}
			return super.visitVariable(variable, constants);
		}

	}

	private static final class Scanner extends TreeScanner<Void, List<Call>> {

		private final Map<String, String> constants;

		private final Deque<String> types = new ArrayDeque<>();

		private Scanner(Map<String, String> constants) {
			this.constants = constants;
		}

		@Override
		public Void visitClass(ClassTree type, List<Call> calls) {
			types.addLast(type.getSimpleName().toString());
			super.visitClass(type, calls);
			types.removeLast();
			return null;
		}

		@Override
		public Void visitMethodInvocation(MethodInvocationTree call, List<Call> calls) {
			note(call.getMethodSelect().toString(), call.getArguments(), calls);
			return super.visitMethodInvocation(call, calls);
		}

		@Override
		public Void visitNewClass(NewClassTree call, List<Call> calls) {
			note("new " + call.getIdentifier(), call.getArguments(), calls);
			return super.visitNewClass(call, calls);
		}

		private void note(String target, List<? extends ExpressionTree> arguments, List<Call> calls) {
			calls.add(new Call(String.join(".", types), target,
					arguments.stream().map((argument) -> text(argument, constants)).toList(),
					arguments.stream().map(Object::toString).toList()));
		}

	}

}
