package org.videowindow.focus.lab;

import java.util.function.Consumer;
import org.videowindow.focus.xml.XmlElement;

/** What connects fake clients and bridges with a server, made up or real. */
public interface Wire {
    /** An account's session opens. */
    void user(String fullJid, Consumer<XmlElement> inbox);

    /** An account's session sends a stanza. */
    void send(String fullJid, XmlElement stanza);

    /** An account's session ends without a word. */
    void vanish(String fullJid);
}
