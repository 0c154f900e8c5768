package org.spdbook.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON of a safetensors header read by hand: objects, lists, strings and whole numbers, and no check but what it needs. */
final class PlainJson {

    private final String text;
    private int at;

    private PlainJson(String text) {
        this.text = text;
    }

    /** An object as maps, lists, strings and longs. */
    static Map<String, Object> read(String text) {
        var json = new PlainJson(text);
        json.expect('{');
        return json.object();
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        while (next() != '}') {
            skip(',');
            expect('"');
            String key = string();
            expect(':');
            object.put(key, value());
        }
        at++;
        return object;
    }

    private Object value() {
        char first = next();
        if (first == '{') {
            at++;
            return object();
        }
        if (first == '[') {
            at++;
            return list();
        }
        if (first == '"') {
            at++;
            return string();
        }
        int begin = at;
        while (Character.isDigit(text.charAt(at))) {
            at++;
        }
        return Long.parseLong(text.substring(begin, at));
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        while (next() != ']') {
            skip(',');
            list.add(value());
        }
        at++;
        return list;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
            string.append(c == '\\' ? escaped() : c);
        }
        return string.toString();
    }

    private char escaped() {
        char c = text.charAt(at++);
        int simple = "bfnrt".indexOf(c);
        if (simple >= 0) {
            return "\b\f\n\r\t".charAt(simple);
        }
        if (c == 'u') {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        return c;
    }

    private char next() {
        while (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return text.charAt(at);
    }

    private void skip(char c) {
        if (next() == c) {
            at++;
        }
    }

    private void expect(char c) {
        if (next() != c) {
            throw new IllegalArgumentException("expected " + c + " at " + at + " of " + text);
        }
        at++;
    }
}
