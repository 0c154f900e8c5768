package org.spdbook.kernel.display;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * What a cell can show. {@link #show} puts a value among the outputs of the cell, to be updated in place; the methods that are named
 * for a kind of content make a {@link DisplayBundle}, which is shown when it is the last value of a cell or given to {@code show}.
 *
 * <pre>{@code
 * var shown = Display.show("begun");
 * shown.update(Display.markdown("**done**"));
 * Display.register(Point.class, p -> Display.html("<b>" + p.x() + "</b>"));
 * }</pre>
 *
 * <p>All methods can be called from any thread: outputs go to the cell that started the thread, also after it has ended, and from
 * threads that no cell started to the last cell.
 */
public final class Display {

    private Display() {}

    /**
     * Shows a value now.
     *
     * @param value anything; null is shown as {@code null}
     * @param mimeTypes if any are given, only these representations and {@code text/plain}
     * @return the output, to be updated in place
     * @throws IllegalStateException outside of a notebook
     */
    public static DisplayHandle show(@Nullable Object value, String... mimeTypes) {
        return CurrentCell.get()
                .display(mimeTypes.length == 0 ? orText(value) : bundle(value).only(mimeTypes));
    }

    /**
     * Shows another value wherever an output is.
     *
     * @param id of {@link DisplayHandle#id()}
     */
    public static void update(String id, @Nullable Object value) {
        CurrentCell.get().update(id, orText(value));
    }

    /** Empties the outputs of the cell at once. */
    public static void clear() {
        clear(false);
    }

    /**
     * Empties the outputs of the cell.
     *
     * @param wait true to do so only when the next output comes, so that nothing flickers
     */
    public static void clear(boolean wait) {
        CurrentCell.get().clear(wait);
    }

    /** What would be shown for a value. */
    public static DisplayBundle bundle(@Nullable Object value) {
        return CurrentCell.get().bundle(orText(value));
    }

    private static Object orText(@Nullable Object value) {
        return value == null ? DisplayBundle.text("null") : value;
    }

    /**
     * From now on shows values of a class, and of its subclasses that have none of their own, by a function; replaces what was
     * registered for that class before. Where the function gives null, the value is shown as if it were not registered; where it
     * fails, too, with a note on standard error.
     */
    public static <T> void register(Class<T> type, Function<? super T, ? extends @Nullable DisplayBundle> bundle) {
        CurrentCell.get().renderers().register(type, bundle);
    }

    /**
     * From now on adds one representation to values of a class; the front-end shows the richest it knows, and the text of the value
     * stays. Replaces the one of the same MIME type registered for that class before.
     *
     * @param content as in {@link DisplayBundle#data}; a {@code byte[]} for pictures; null for none
     */
    public static <T> void register(
            Class<T> type, String mimeType, Function<? super T, ? extends @Nullable Object> content) {
        CurrentCell.get().renderers().register(type, mimeType, content);
    }

    /** HTML as it is; nothing is escaped. */
    public static DisplayBundle html(String html) {
        String text = Html.textOf(html);
        return DisplayBundle.text(text.isEmpty() ? "HTML without text." : text).with(DisplayBundle.HTML, html);
    }

    /** Markdown of the front-end, with formulas between dollar signs. */
    public static DisplayBundle markdown(String markdown) {
        return DisplayBundle.text(markdown).with("text/markdown", markdown);
    }

    /** A formula or text in LaTeX; without dollar signs or an environment the whole is a formula. */
    public static DisplayBundle latex(String latex) {
        boolean whole =
                latex.contains("$") || latex.contains("\\begin{") || latex.contains("\\(") || latex.contains("\\[");
        return DisplayBundle.text(latex).with("text/latex", whole ? latex : "$$" + latex + "$$");
    }

    /** A picture in SVG. */
    public static DisplayBundle svg(String svg) {
        return DisplayBundle.text("A picture (SVG).").with("image/svg+xml", svg);
    }

    /**
     * A tree that can be unfolded, where the front-end has that.
     *
     * @param value text of JSON, or maps, records, collections, arrays, numbers, booleans and texts in any nesting
     * @throws IllegalArgumentException if it is a text that is no JSON, or nested without end
     */
    public static DisplayBundle json(Object value) {
        return JsonTree.bundle(value);
    }

    /**
     * A picture file: PNG, JPEG, GIF, WebP or SVG. Its bytes become part of the notebook.
     *
     * @param place a path or an address that begins with {@code http:}, {@code https:} or {@code file:}
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it holds something else
     */
    public static DisplayBundle image(String place) throws IOException {
        return place.matches("(?i)(https?|file):.*") ? image(new URL(place)) : image(Path.of(place));
    }

    /** A picture file, as {@link #image(String)}. */
    public static DisplayBundle image(Path file) throws IOException {
        return PictureFile.bundle(file);
    }

    /** A picture at an address, also of a resource, as {@link #image(String)}. */
    public static DisplayBundle image(URL address) throws IOException {
        return PictureFile.bundle(address);
    }

    /** A picture from the bytes of its file, as {@link #image(String)}. */
    public static DisplayBundle image(byte[] file) {
        return PictureFile.bundle(file);
    }

    /**
     * Rows as a table, of which the first 50 are shown: components of records, values of maps by their keys, elements of lists and
     * arrays by position; anything else in one column.
     */
    public static DisplayBundle table(Collection<?> rows) {
        return table(rows.iterator(), rows.size());
    }

    /** Rows as a table, as {@link #table(Collection)}. */
    public static DisplayBundle table(Object[] rows) {
        return table(Arrays.asList(rows));
    }

    /** The first 50 rows of a stream as a table, as {@link #table(Collection)}. Ends the stream. */
    public static DisplayBundle table(BaseStream<?, ?> rows) {
        try (rows) {
            return table(rows.iterator(), -1);
        }
    }

    private static DisplayBundle table(Iterator<?> rows, int size) {
        DisplayTarget cell = CurrentCell.get();
        return RecordTables.table(
                rows, RecordTables.MOST_ROWS, size, new BuiltIn.Context(cell.renderers(), cell::note));
    }
}
