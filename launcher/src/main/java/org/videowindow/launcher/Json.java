package org.videowindow.launcher;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the parts answer, read without a library: maps, lists, strings, doubles, booleans and null. Bounded by the size
 * and depth of what our own parts write.
 */
final class Json {
    private static final int MAXIMUM_DEPTH = 50;
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(?<mark>[{}\\[\\],:])|\"(?<text>(?:[^\"\\\\]|\\\\.)*+)\"|(?<other>[-+.\\w]+))\\s*");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u[0-9a-fA-F]{4}|.)");

    private final Matcher tokens;
    private int depth;

    private Json(String text) {
        this.tokens = TOKEN.matcher(text);
    }

    /** @throws IllegalArgumentException if it is no JSON */
    static Object read(String text) {
        Json json = new Json(text);
        json.next();
        Object value = json.value();
        if (json.tokens.end() != text.length()) {
            throw new IllegalArgumentException("more than one value");
        }
        return value;
    }

    /** The value below these keys and indexes; null where there is none. */
    static Object at(Object value, Object... path) {
        Object found = value;
        for (Object step : path) {
            if (found instanceof Map<?, ?> map) {
                found = map.get(step);
            } else if (found instanceof List<?> list && step instanceof Integer index && index < list.size()) {
                found = list.get(index);
            } else {
                return null;
            }
        }
        return found;
    }

    /** The list there; empty where there is none. */
    static List<?> list(Object value, Object... path) {
        return at(value, path) instanceof List<?> list ? list : List.of();
    }

    /** The value there as text; empty where there is none. */
    static String text(Object value, Object... path) {
        Object found = at(value, path);
        return found == null ? "" : found.toString();
    }

    /** A string as JSON writes it. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private void next() {
        int from = tokens.hasMatch() ? tokens.end() : 0;
        if (!tokens.find(from) || tokens.start() != from) {
            throw new IllegalArgumentException("no JSON at " + from);
        }
    }

    private boolean isMark(String mark) {
        return mark.equals(tokens.group("mark"));
    }

    private void require(String mark) {
        if (!isMark(mark)) {
            throw new IllegalArgumentException("no " + mark + " at " + tokens.start());
        }
    }

    /** The value that begins with the present token; the last token of it is the present one then. */
    private Object value() {
        if (++depth > MAXIMUM_DEPTH) {
            throw new IllegalArgumentException("too deep");
        }
        Object value;
        if (tokens.group("text") != null) {
            value = string();
        } else if (tokens.group("other") != null) {
            value = word(tokens.group("other"));
        } else if (isMark("{")) {
            value = map();
        } else {
            require("[");
            value = list();
        }
        depth--;
        return value;
    }

    private Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        next();
        while (!isMark("}")) {
            if (tokens.group("text") == null) {
                throw new IllegalArgumentException("no name at " + tokens.start());
            }
            String name = string();
            next();
            require(":");
            next();
            map.put(name, value());
            next();
            if (isMark(",")) {
                next();
            } else {
                require("}");
            }
        }
        return map;
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        next();
        while (!isMark("]")) {
            list.add(value());
            next();
            if (isMark(",")) {
                next();
            } else {
                require("]");
            }
        }
        return list;
    }

    private String string() {
        return ESCAPE.matcher(tokens.group("text")).replaceAll(found -> {
            String escape = found.group(1);
            return Matcher.quoteReplacement(
                    switch (escape.charAt(0)) {
                        case 'u' ->
                            escape.length() == 5
                                    ? String.valueOf((char) Integer.parseInt(escape.substring(1), 16))
                                    : "u";
                        case 'n' -> "\n";
                        case 't' -> "\t";
                        case 'r' -> "\r";
                        case 'b' -> "\b";
                        case 'f' -> "\f";
                        default -> escape;
                    });
        });
    }

    private static Object word(String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> Double.valueOf(word);
        };
    }
}
