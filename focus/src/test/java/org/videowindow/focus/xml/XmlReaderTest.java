package org.videowindow.focus.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.focus.lab.Xml;

/** Stanzas of every shape: what is read, what is cut off, and that the stream goes on behind each. */
class XmlReaderTest {
    @Test
    void whatIsWrittenIsRead() {
        XmlElement element = XmlElement.element("a", "jabber:client")
                .with("x", "<&>'\"\n\r\t\u00e9\ud83d\ude00")
                .with("absent", null)
                .with(XmlElement.element("b", "other").text("1 < 2 && \"3\" > '2'"))
                .with(XmlElement.element("c", "jabber:client"))
                .build();
        assertThat(Xml.stanza(Xml.text(element))).isEqualTo(element);
        assertThat(Xml.stanza(element.toString())).isEqualTo(element);
    }

    @Test
    void charactersThatXmlCannotHoldAreLeftOut() {
        XmlElement element =
                XmlElement.element("a", "jabber:client").text("a\u0000b\u0008c").build();
        assertThat(Xml.text(element)).isEqualTo("<a>abc</a>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a><b>text<c/>more</b><!-- comment --><?pi x?></a>",
                "<a xmlns='u' y:z='1' xmlns:y='v'><y:b/></a>",
                "<a><![CDATA[<b/>]]></a>"
            })
    void ordinaryThings(String text) {
        assertThat(Xml.readStanza(text).complete()).isTrue();
    }

    /** Each of these closed some server's link once. */
    @Test
    void theStreamOutlivesEveryStanza() throws Exception {
        StringBuilder stream = new StringBuilder("<stream xmlns='jabber:client'>");
        stream.append("<presence>")
                .append("<a>".repeat(3_000))
                .append("</a>".repeat(3_000))
                .append("</presence>");
        stream.append("<presence");
        for (int i = 0; i < 10_000; i++) {
            stream.append(" a").append(i).append("='1'");
        }
        stream.append("/>");
        stream.append("<presence ").append("n".repeat(100_000)).append("='1'/>");
        stream.append("<presence>").append("<a/>".repeat(100_000)).append("</presence>");
        stream.append("<presence>").append("x".repeat(5_000_000)).append("</presence>");
        for (int i = 0; i < 20_000; i++) {
            stream.append("<iq a='&quot;&amp;&lt;'>&quot;&#x41;&amp;</iq>");
        }
        stream.append("<last/></stream>");
        XmlPullParser parser = Xml.stream(stream.toString());
        for (int i = 0; i < 5; i++) {
            parser.next();
            XmlReader.Reading reading = XmlReader.read(parser, Xml.LIMITS);
            assertThat(reading.element().name()).isEqualTo("presence");
            assertThat(reading.complete()).as("stanza %d", i).isEqualTo(i == 1 || i == 2);
            assertThat(reading.element().children()).isEmpty();
        }
        for (int i = 0; i < 20_000; i++) {
            parser.next();
            XmlElement iq = XmlReader.read(parser, Xml.LIMITS).element();
            assertThat(iq.text()).isEqualTo("\"A&");
            assertThat(iq.attribute("a")).isEqualTo("\"&<");
        }
        parser.next();
        assertThat(parser.getName()).isEqualTo("last");
    }

    @Test
    void writingIsLinear() {
        XmlElement.Builder large = XmlElement.element("a", "jabber:client");
        for (int i = 0; i < 200_000; i++) {
            large.with(XmlElement.element("b", "x").with("c", i));
        }
        XmlElement element = large.build();
        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofSeconds(5), () -> assertThat(Xml.text(element)).hasSizeGreaterThan(4_000_000));
    }
}
