package org.spdbook.kernel.display;

/** A value that knows how it is shown. A renderer registered for its class comes before this. */
public interface Displayable {

    /** The value in one or more representations; called each time it is shown. */
    DisplayBundle display();
}
