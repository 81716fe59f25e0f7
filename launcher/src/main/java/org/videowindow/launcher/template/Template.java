package org.videowindow.launcher.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text in a subset of Jinja2: {@code {{ a.b }}}, {@code {% for x in a.b %}}, {@code {% if a.b %}},
 * {@code {% if not a.b %}}, {@code {% else %}} and comments; blocks take their line with them (Jinja2's trim_blocks and
 * lstrip_blocks). Ansible renders the same templates with Jinja2 itself.
 *
 * <p>Values are strings, numbers, booleans, lists and maps. What is empty, 0, false or null counts as no in a condition;
 * a name that is not there is an error everywhere. Immutable; any thread.
 */
public final class Template {
    private static final Pattern TAG = Pattern.compile(
            "(?s)(?<variable>\\{\\{(?<name>.*?)}})|(?:(?<=^|\\n)[ \\t]*)?(?:\\{%(?<block>.*?)%}|\\{#.*?#})\\n?");
    private static final Pattern BLOCK = Pattern.compile(
            "(?<for>for (?<item>\\w+) in (?<list>[\\w.]+))|(?<if>if (?<not>not )?(?<condition>[\\w.]+))|else|endfor|endif");

    private final Body body;

    private Template(Body body) {
        this.body = body;
    }

    /** @throws IllegalArgumentException if the text is not in the subset */
    public static Template parse(String text) {
        Parser parser = new Parser(text);
        Body body = parser.body();
        if (!parser.end.isEmpty()) {
            throw new IllegalArgumentException("{% " + parser.end + " %} closes nothing");
        }
        return new Template(body);
    }

    /** @throws IllegalArgumentException naming a variable that is not there */
    public String render(Map<String, ?> values) {
        StringBuilder out = new StringBuilder();
        body.render(new HashMap<>(values), out);
        return out.toString();
    }

    private interface Piece {
        void render(Map<String, Object> values, StringBuilder out);
    }

    private record Body(List<Piece> pieces) implements Piece {
        @Override
        public void render(Map<String, Object> values, StringBuilder out) {
            pieces.forEach(piece -> piece.render(values, out));
        }
    }

    private record Loop(String item, String list, Body body) implements Piece {
        @Override
        public void render(Map<String, Object> values, StringBuilder out) {
            if (!(find(list, values) instanceof List<?> elements)) {
                throw new IllegalArgumentException(list + " is not a list");
            }
            for (Object element : elements) {
                Map<String, Object> inner = new HashMap<>(values);
                inner.put(item, element);
                body.render(inner, out);
            }
        }
    }

    private record Choice(String condition, boolean expected, Body yes, Body no) implements Piece {
        @Override
        public void render(Map<String, Object> values, StringBuilder out) {
            (isYes(find(condition, values)) == expected ? yes : no).render(values, out);
        }
    }

    private static Object find(String path, Map<String, Object> values) {
        Object value = values;
        for (String name : path.split("\\.", -1)) {
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(name)) {
                throw new IllegalArgumentException("there is no value for " + path);
            }
            value = map.get(name);
        }
        return value;
    }

    private static boolean isYes(Object value) {
        return switch (value) {
            case null -> false;
            case Boolean bool -> bool;
            case Number number -> number.doubleValue() != 0;
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> !value.toString().isEmpty();
        };
    }

    /** Reads the text once, from front to end. */
    private static final class Parser {
        private final String text;
        private final Matcher tags;
        private int position;
        private String end = "";

        Parser(String text) {
            this.text = text;
            this.tags = TAG.matcher(text);
        }

        /** Up to the block that ends it, which is then in {@link #end}; empty at the end of the text. */
        Body body() {
            List<Piece> pieces = new ArrayList<>();
            while (tags.find(position)) {
                literal(pieces, text.substring(position, tags.start()));
                position = tags.end();
                if (tags.group("variable") != null) {
                    String name = tags.group("name").strip();
                    if (!name.matches("[\\w.]+")) {
                        throw new IllegalArgumentException("not a plain name: {{ " + name + " }}");
                    }
                    pieces.add((values, out) -> out.append(find(name, values)));
                } else if (tags.group("block") != null) {
                    Matcher block = BLOCK.matcher(tags.group("block").strip());
                    if (!block.matches()) {
                        throw new IllegalArgumentException("unknown block {%" + tags.group("block") + "%}");
                    }
                    if (block.group("for") != null) {
                        pieces.add(new Loop(block.group("item"), block.group("list"), bodyUntil("endfor")));
                    } else if (block.group("if") != null) {
                        pieces.add(choice(block.group("condition"), block.group("not") == null));
                    } else {
                        end = block.group();
                        return new Body(pieces);
                    }
                }
            }
            literal(pieces, text.substring(position));
            position = text.length();
            end = "";
            return new Body(pieces);
        }

        private Choice choice(String condition, boolean expected) {
            Body yes = body();
            if (end.equals("else")) {
                return new Choice(condition, expected, yes, bodyUntil("endif"));
            }
            expect("endif");
            return new Choice(condition, expected, yes, new Body(List.of()));
        }

        private Body bodyUntil(String name) {
            Body body = body();
            expect(name);
            return body;
        }

        private void expect(String name) {
            if (!end.equals(name)) {
                throw new IllegalArgumentException("{% " + name + " %} is missing");
            }
        }

        private static void literal(List<Piece> pieces, String literal) {
            if (!literal.isEmpty()) {
                pieces.add((values, out) -> out.append(literal));
            }
        }
    }
}
