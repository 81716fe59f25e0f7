package org.videowindow.bridge.colibri.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmackLibraryTest {
    @BeforeAll
    static void prepare() {
        SmackLibrary.prepare("test");
    }

    /** The parser's own limits would end the stream with all conferences */
    @ParameterizedTest
    @ValueSource(strings = {"long names", "many attributes", "deep nesting", "many escapes"})
    void whatAServerLetsPassDoesNotEndTheStream(String kind) throws Exception {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        String xml = switch (kind) {
            case "long names" -> "<" + "n".repeat(5_000) + "/>";
            case "many attributes" -> "<a" + attributes + "/>";
            case "deep nesting" -> "<a>".repeat(5_000) + "</a>".repeat(5_000);
            default -> "<a>" + "&amp;&lt;".repeat(200_000) + "</a>";
        };
        XmlPullParser parser = PacketParserUtils.getParserFor("<stream>" + xml + "<end/></stream>");
        String last = "";
        while (parser.getEventType() != XmlPullParser.Event.END_DOCUMENT) {
            if (parser.getEventType() == XmlPullParser.Event.START_ELEMENT) {
                last = parser.getName();
            }
            parser.next();
        }
        assertThat(last).isEqualTo("end");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY b 'bb'>]><a>&b;</a>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>",
            })
    void entitiesOfOthersAreNotExpanded(String xml) {
        assertThatThrownBy(() -> {
                    XmlPullParser parser = PacketParserUtils.getParserFor(xml);
                    while (parser.getEventType() != XmlPullParser.Event.END_DOCUMENT) {
                        if (parser.getEventType() == XmlPullParser.Event.TEXT_CHARACTERS
                                && !parser.getText().isEmpty()) {
                            throw new AssertionError(parser.getText());
                        }
                        parser.next();
                    }
                    throw new IllegalStateException("nothing was expanded");
                })
                .isNotInstanceOf(AssertionError.class);
    }
}
