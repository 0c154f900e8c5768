package org.spdbook.kernel.display;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cell that keeps what it is told to show. */
final class FakeCell implements DisplayTarget {

    final List<DisplayBundle> shown = new CopyOnWriteArrayList<>();
    final List<String> notes = new CopyOnWriteArrayList<>();
    final List<Boolean> cleared = new ArrayList<>();
    private final List<Runnable> atEnd = new ArrayList<>();
    private final Renderers renderers = new Renderers(Renderers.class.getClassLoader());

    void end() {
        atEnd.forEach(Runnable::run);
    }

    @Override
    public DisplayHandle display(Object value) {
        shown.add(renderers.bundle(value));
        return new DisplayHandle() {
            @Override
            public String id() {
                return "the-id";
            }

            @Override
            public void update(Object next) {
                FakeCell.this.update(id(), next);
            }
        };
    }

    @Override
    public void update(String id, Object value) {
        shown.add(renderers.bundle(value));
    }

    @Override
    public void clear(boolean wait) {
        cleared.add(wait);
    }

    @Override
    public DisplayBundle bundle(Object value) {
        return renderers.bundle(value, this::note);
    }

    @Override
    public void note(String sentence) {
        notes.add(sentence);
    }

    @Override
    public Renderers renderers() {
        return renderers;
    }

    @Override
    public void onEnd(Runnable work) {
        atEnd.add(work);
    }
}
