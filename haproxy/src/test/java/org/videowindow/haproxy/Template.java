package org.videowindow.haproxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renders the part of Jinja2 that the templates are made of: {@code {{ name.name }}}, for, if, if not, else, comments;
 * lines that hold only a tag vanish.
 */
final class Template {
    private static final Pattern COMMENT = Pattern.compile("(?s)\\{#.*?#}\n?");
    private static final Pattern TAG = Pattern.compile("\\s*\\{% (.*) %}\\s*");
    private static final Pattern VALUE = Pattern.compile("\\{\\{ ([a-z_.]+) }}");
    private static final Pattern FOR = Pattern.compile("for ([a-z_]+) in ([a-z_.]+)");
    private static final Pattern IF = Pattern.compile("if (not )?([a-z_.]+)");

    private final List<String> lines;
    private final StringBuilder out = new StringBuilder();

    private Template(String text) {
        lines = List.of(COMMENT.matcher(text).replaceAll("").split("\n", -1));
    }

    /** The text with the values in it. @throws IllegalArgumentException if a value is missing */
    static String render(String text, Map<String, Object> values) {
        Template template = new Template(text);
        template.lines(0, template.lines.size(), values);
        return template.out.toString();
    }

    private void lines(int from, int to, Map<String, Object> values) {
        for (int at = from; at < to; at++) {
            Matcher tag = TAG.matcher(lines.get(at));
            if (!tag.matches()) {
                out.append(VALUE.matcher(lines.get(at))
                                .replaceAll(value -> Matcher.quoteReplacement(
                                        look(value.group(1), values).toString())))
                        .append('\n');
                continue;
            }
            List<Integer> marks = marks(at, to);
            int end = marks.getLast();
            Matcher loop = FOR.matcher(tag.group(1));
            Matcher condition = IF.matcher(tag.group(1));
            if (loop.matches()) {
                for (Object each : (List<?>) look(loop.group(2), values)) {
                    Map<String, Object> inner = new HashMap<>(values);
                    inner.put(loop.group(1), each);
                    lines(at + 1, end, inner);
                }
            } else if (condition.matches()) {
                boolean holds = !look(condition.group(2), values).toString().isEmpty() == (condition.group(1) == null);
                int otherwise = marks.getFirst();
                lines(holds ? at + 1 : otherwise + 1, holds ? otherwise : end, values);
            } else {
                throw new IllegalArgumentException("not a tag: " + tag.group(1));
            }
            at = end;
        }
    }

    /** The line of the else that belongs to the tag on this line, if there is one, and that of its end. */
    private List<Integer> marks(int start, int to) {
        List<Integer> marks = new ArrayList<>();
        int depth = 0;
        for (int at = start; at < to; at++) {
            Matcher tag = TAG.matcher(lines.get(at));
            if (!tag.matches()) {
                continue;
            }
            String word = tag.group(1);
            if (word.startsWith("for ") || word.startsWith("if ")) {
                depth++;
            } else if (word.startsWith("end")) {
                depth--;
            }
            if (depth == 0 || (depth == 1 && word.equals("else"))) {
                marks.add(at);
            }
            if (depth == 0) {
                return marks;
            }
        }
        throw new IllegalArgumentException("no end of the tag on line " + (start + 1));
    }

    private static Object look(String path, Map<String, Object> values) {
        Object value = values;
        for (String name : path.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
            if (value == null) {
                throw new IllegalArgumentException("no value for " + path);
            }
        }
        return value;
    }
}
