package org.spdbook.kernel.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The frames of a stack as the user who wrote the cells thinks of them. */
final class Frames {

    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.*?)\\$\\d+");
    private static final Pattern GENERATED = Pattern.compile("REPL\\.\\$JShell\\$\\d+[A-Z]*\\$?");
    private static final String WHOLE = "do_it$";
    private static final int FIRST = 9;
    private static final int LAST = 3;
    private static final int SAME = 2;

    private final Snippets snippets;

    Frames(Snippets snippets) {
        this.snippets = snippets;
    }

    /** One line of a trace: a place in a cell, or some frames of libraries. */
    record Line(Optional<Snippets.Place> place, String text) {}

    /** The frames down to the first of the user's, kernel and reflection left out, libraries in one line, the middle of many cut. */
    List<Line> shown(StackTraceElement[] stack) {
        List<StackTraceElement> frames = new ArrayList<>();
        int lowest = -1;
        for (StackTraceElement frame : stack) {
            if (isMachinery(frame)) {
                continue;
            }
            frames.add(frame);
            lowest = isOfCell(frame) ? frames.size() : lowest;
        }
        return cut(folded(lines(lowest < 0 ? frames : frames.subList(0, lowest))));
    }

    /** The frames of a cause that the error around it does not have: at least one, and not the shared ones below. */
    static StackTraceElement[] own(StackTraceElement[] stack, StackTraceElement[] enclosing) {
        int shared = 0;
        while (shared < Math.min(stack.length, enclosing.length)
                && stack[stack.length - 1 - shared].equals(enclosing[enclosing.length - 1 - shared])) {
            shared++;
        }
        return Arrays.copyOf(stack, Math.max(Math.min(1, stack.length), stack.length - shared));
    }

    /** The same line many times, as in a recursion, is one line and how often it comes again. */
    private static List<Line> folded(List<Line> lines) {
        List<Line> folded = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            int end = at + 1;
            while (end < lines.size() && lines.get(end).equals(lines.get(at))) {
                end++;
            }
            folded.addAll(lines.subList(at, Math.min(end, at + SAME)));
            if (end > at + SAME) {
                folded.add(new Line(Optional.empty(), String.format("... %,d frames more like this", end - at - SAME)));
            }
            at = end;
        }
        return folded;
    }

    private List<Line> lines(List<StackTraceElement> frames) {
        List<Line> lines = new ArrayList<>();
        int at = 0;
        while (at < frames.size()) {
            StackTraceElement frame = frames.get(at);
            Optional<Snippets.Place> place = snippets.place(frame);
            if (place.isPresent()) {
                lines.add(new Line(place, label(frame)));
                at++;
            } else {
                int end = at + 1;
                while (end < frames.size() && !isOfCell(frames.get(end))) {
                    end++;
                }
                lines.add(new Line(Optional.empty(), libraries(frames.subList(at, end))));
                at = end;
            }
        }
        return lines;
    }

    private static String libraries(List<StackTraceElement> frames) {
        StackTraceElement top = frames.get(0);
        StackTraceElement first = frames.get(frames.size() - 1);
        Predicate<StackTraceElement> ofJdk = frame -> frame.getModuleName() != null;
        if (frames.size() == 1) {
            return "at " + named(top) + position(top);
        }
        String where = ofJdk.test(top) && ofJdk.test(first) ? "" : position(top);
        return frames.size() + " frames, from " + named(first) + " to " + named(top) + where;
    }

    private static List<Line> cut(List<Line> lines) {
        if (lines.size() <= FIRST + LAST + 1) {
            return lines;
        }
        List<Line> kept = new ArrayList<>(lines.subList(0, FIRST));
        kept.add(new Line(Optional.empty(), String.format("... %,d frames more", lines.size() - FIRST - LAST)));
        kept.addAll(lines.subList(lines.size() - LAST, lines.size()));
        return kept;
    }

    /** Where a thread is: the top frame that is not of the JDK, else the top frame. */
    String place(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (!isMachinery(frame) && frame.getModuleName() == null) {
                return snippets.place(frame)
                        .map(place -> cellLine(place) + label(frame))
                        .orElse(named(frame) + position(frame));
            }
        }
        return stack.length == 0 ? "code that is not Java" : named(stack[0]) + position(stack[0]);
    }

    /** {@code Cell In[5], line 3}. */
    static String cellLine(Snippets.Place place) {
        return "Cell In[" + place.cell() + "]" + (place.line() == 0 ? "" : ", line " + place.line());
    }

    /** What of a cell a frame belongs to, as {@code " in Point.area"}; empty for its statements. */
    static String label(StackTraceElement frame) {
        String owner = GENERATED.matcher(frame.getClassName()).replaceFirst("");
        String type = owner.replaceAll("(^|\\$)\\d+(\\w+)", "$1$2").replace('$', '.');
        String method = frame.getMethodName();
        boolean anonymous = owner.matches("(.*\\$)?\\d+");
        String lead = type.isEmpty() ? "" : anonymous ? "an anonymous class, " : type + ".";
        Matcher lambda = LAMBDA.matcher(method);
        if (lambda.matches()) {
            String of = lambda.group(1);
            return " in a lambda" + (of.equals(WHOLE) || of.equals("static") ? "" : " of " + lead + of);
        }
        return switch (method) {
            case WHOLE -> "";
            case "<init>" -> " in new " + (anonymous ? "anonymous class" : type);
            case "<clinit>" -> type.isEmpty() ? "" : " in the static part of " + type;
            default -> " in " + lead + method;
        };
    }

    /** Text that names classes of cells, with the names that the user gave them. */
    static String readable(String text) {
        return GENERATED.matcher(text).replaceAll("");
    }

    private static String named(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName();
    }

    private static String position(StackTraceElement frame) {
        String file = frame.getFileName();
        if (file == null) {
            return frame.isNativeMethod() ? " (native)" : "";
        }
        return " (" + file + (frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "") + ")";
    }

    private boolean isOfCell(StackTraceElement frame) {
        return snippets.of(frame).isPresent();
    }

    private static boolean isMachinery(StackTraceElement frame) {
        String owner = frame.getClassName();
        return owner.startsWith("org.spdbook.kernel.")
                || owner.startsWith("jdk.jshell.")
                || owner.startsWith("jdk.internal.reflect.")
                || owner.startsWith("java.lang.reflect.")
                || owner.startsWith("java.lang.invoke.LambdaForm");
    }
}
