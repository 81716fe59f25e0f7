package org.videowindow.focus.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.impl.JidCreate;
import org.videowindow.focus.jingle.ClientTransport;
import org.videowindow.focus.lab.Xml;
import org.videowindow.focus.media.ClientFeatures;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.source.MediaKind;
import org.videowindow.focus.source.RidSource;
import org.videowindow.focus.source.Source;
import org.videowindow.focus.source.SourceGroup;
import org.videowindow.focus.xmpp.Addresses;

/** Notes on disk: what is written is read, what is no note is dropped, and one process at a time has the folder. */
class SavedFilesTest {
    private static final String TRANSPORT =
            "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='abcd' pwd='H1arX4wvn9pcQGrL2UMUnR0I'>"
                    + "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' setup='active' hash='sha-256'>79:80:F6:27:4C:69:"
                    + "7B:B8:BE:BF:91:36:27:C0:59:80:63:4C:D3:24:AC:94:AD:3E:B5:73:33:78:6F:FB:4D:1C</fingerprint>"
                    + "</transport>";

    @TempDir
    Path folder;

    @BeforeAll
    static void addresses() {
        Addresses.normalise();
    }

    private static SavedConference conference(String room) {
        EndpointSources sources = new EndpointSources(
                List.of(
                        new Source(4_294_967_295L, MediaKind.VIDEO, "aaaaaaaa-v0", "s \"'<&>\u00e9 t", true),
                        new Source(2, MediaKind.VIDEO, "aaaaaaaa-v0", "s t", false),
                        new Source(3, MediaKind.AUDIO, "aaaaaaaa-a0", "s u", false)),
                List.of(new SourceGroup(SourceGroup.Semantics.FID, MediaKind.VIDEO, List.of(4_294_967_295L, 2L))),
                List.of(
                        new RidSource("aaaaaaaa-v0", "s \"'<&>\u00e9 t", true, "3", List.of("q", "h", "f")),
                        new RidSource("aaaaaaaa-v1", "s v", false, "", List.of("x"))));
        return new SavedConference(
                jid(room),
                1_800_000_000_123L,
                Optional.of(new SavedConference.Bridge(
                        JidCreate.fromOrThrowUnchecked("brewery@conference.d/bridge-1"),
                        Optional.of("eu"),
                        "2c1a2b9e-0000-4000-8000-000000000000",
                        sources)),
                List.of(
                        new SavedConference.Participant(
                                "aaaaaaaa",
                                Optional.of(JidCreate.fromOrThrowUnchecked("a@d/r")),
                                Optional.of("Shanna"),
                                Optional.of("eu"),
                                new ClientFeatures(true, true),
                                false,
                                Optional.of(new SavedConference.Session(
                                        "sid1", true, true, ClientTransport.of(Xml.stanza(TRANSPORT)), sources))),
                        new SavedConference.Participant(
                                "bbbbbbbb",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                ClientFeatures.NONE,
                                true,
                                Optional.of(new SavedConference.Session(
                                        "sid2", false, false, Optional.empty(), EndpointSources.NONE))),
                        new SavedConference.Participant(
                                "cccccccc",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                new ClientFeatures(true, false),
                                false,
                                Optional.empty())));
    }

    private static EntityBareJid jid(String room) {
        return JidCreate.entityBareFromOrThrowUnchecked(room + "@conference.d");
    }

    @Test
    void whatIsNotedIsReadByTheNextProcess() throws IOException {
        try (SavedFiles first = SavedFiles.in(folder)) {
            first.put(conference("one"));
            first.put(conference("one"));
            first.put(conference("\u00e9..%2f..%2fx"));
            first.put(conference("gone"));
            first.remove(jid("gone"));
            first.remove(jid("never"));
        }
        try (SavedFiles second = SavedFiles.in(folder)) {
            assertThat(second.all()).containsExactlyInAnyOrder(conference("one"), conference("\u00e9..%2f..%2fx"));
        }
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void whatIsNoNoteIsDropped() throws IOException {
        String good = ConferenceXml.write(conference("one"));
        Files.writeString(folder.resolve("1.conference"), good.substring(0, good.length() / 2));
        Files.writeString(folder.resolve("2.conference"), "");
        Files.writeString(folder.resolve("3.conference"), good.replace("conference:3", "conference:2"));
        Files.writeString(folder.resolve("4.conference"), good.replace("ssrc=", "sssrc="));
        Files.writeString(folder.resolve("5.conference"), good.replace("semantics='FID'", "semantics='XXX'"));
        Files.write(folder.resolve("6.conference"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        Files.writeString(folder.resolve("7.conference"), good);
        try (SavedFiles files = SavedFiles.in(folder)) {
            assertThat(files.all()).containsExactly(conference("one"));
        }
        try (var left = Files.list(folder)) {
            assertThat(left.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("lock", "7.conference");
        }
    }

    @Test
    void onlyOneFocusHasTheFolder() throws IOException {
        try (SavedFiles first = SavedFiles.in(folder)) {
            assertThat(first.all()).isEmpty();
            assertThatExceptionOfType(SavedFiles.TakenException.class)
                    .isThrownBy(() -> SavedFiles.in(folder))
                    .withMessage("Another focus is running with the folder " + folder + ".");
        }
        SavedFiles.in(folder).close();
    }

    @Test
    void theFolderIsForItsOwnerOnly() throws IOException {
        Path made = folder.resolve("a").resolve("b");
        SavedFiles.in(made).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
    }

    @Test
    void aFolderThatVanishesStopsNothing() throws IOException {
        Path made = folder.resolve("a");
        try (SavedFiles files = SavedFiles.in(made)) {
            Files.delete(made.resolve("lock"));
            Files.delete(made);
            files.put(conference("one"));
            files.put(conference("two"));
            assertThat(files.all()).isEmpty();
            Files.createDirectory(made);
            files.put(conference("one"));
            assertThat(files.all()).containsExactly(conference("one"));
        }
    }

    @Test
    void aFileInPlaceOfTheFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SavedFiles.in(file))
                .withMessageContaining("cannot be written");
    }
}
