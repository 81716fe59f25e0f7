package org.videowindow.portal.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.videowindow.portal.RunningPortal;
import org.videowindow.portal.Visitor;
import org.videowindow.portal.Visitor.Answer;
import org.videowindow.portal.mail.MailServer;

/** Links in mails, from a real portal through a real mail server. */
@Tag("database")
class MailLinksApiTest {
    private static final String RESETS = "/api/v1/password-resets";
    private static final String VERIFICATIONS = "/api/v1/email-verifications";
    private static final String NEW_PASSWORD = "another long secret";

    private static MailServer mails;
    private static RunningPortal portal;

    @BeforeAll
    static void start() {
        mails = new MailServer(MailServer.Kind.PLAIN);
        portal = RunningPortal.with(
                "portal.mail.host=localhost",
                "portal.mail.port=" + mails.port(),
                "portal.mail.tls=none",
                "portal.mail.from=Video Window <video@example.org>");
    }

    @AfterAll
    static void stop() {
        portal.close();
        mails.close();
    }

    @AfterEach
    void now() {
        portal.backToNow();
    }

    @Test
    void theLinkInTheMailVerifiesTheAddressOnce() {
        String email = Visitor.newEmail();
        Visitor person = portal.visitor().signUp(email, "Ada");
        assertThat(verified(person)).isFalse();
        MailServer.Received mail = mails.next(email);
        assertThat(mail.subject()).isEqualTo("Please confirm your e-mail address");
        assertThat(mail.text()).contains(portal.origin() + "/verify-email?token=");
        assertThat(mail.text().strip().lines()).hasSize(3);

        Visitor elsewhere = portal.visitor().arrive();
        assertThat(elsewhere.post(VERIFICATIONS + "/" + mail.token(), null).status())
                .isEqualTo(204);
        assertThat(verified(person)).isTrue();
        Answer again = elsewhere.post(VERIFICATIONS + "/" + mail.token(), null);
        assertThat(again.status()).isEqualTo(410);
        assertThat(again.code()).isEqualTo("link-expired");
    }

    @Test
    void aLinkThatIsTooOldOrMadeUpVerifiesNothing() {
        String email = Visitor.newEmail();
        Visitor person = portal.visitor().signUp(email, "Ada");
        String token = mails.next(email).token();
        assertThat(person.post(VERIFICATIONS + "/made-up", null).status()).isEqualTo(410);
        assertThat(person.send("PUT", RESETS + "/" + token, Map.of("password", NEW_PASSWORD))
                        .status())
                .as("a link for one purpose is none for the other")
                .isEqualTo(410);
        portal.clock().move(Duration.ofHours(24));
        assertThat(portal.visitor()
                        .arrive()
                        .post(VERIFICATIONS + "/" + token, null)
                        .status())
                .isEqualTo(410);
    }

    @Test
    void nobodysMailboxIsFlooded() {
        String email = Visitor.newEmail();
        Visitor person = portal.visitor().signUp(email, "Ada");
        mails.next(email);
        for (int i = 1; i < MailLinks.MOST_PER_ACCOUNT; i++) {
            assertThat(person.post(VERIFICATIONS, null).status()).isEqualTo(202);
            mails.next(email);
        }
        assertThat(person.post(VERIFICATIONS, null).code()).isEqualTo("too-many-requests");
        assertThat(person.post(RESETS, Map.of("email", email)).status()).isEqualTo(202);
        assertThat(mails.next(email, 1)).isEmpty();
    }

    @Test
    void aResetSetsANewPasswordAndEndsAllSessions() {
        String email = Visitor.newEmail();
        Visitor person = portal.visitor().signUp(email, "Ada");
        mails.next(email);
        Visitor forgetful = portal.visitor().arrive();
        assertThat(forgetful.post(RESETS, Map.of("email", " " + email + " ")).status())
                .isEqualTo(202);
        MailServer.Received mail = mails.next(email);
        assertThat(mail.text()).contains(portal.origin() + "/reset-password?token=");
        String link = RESETS + "/" + mail.token();

        Answer weak = forgetful.send("PUT", link, Map.of("password", "short"));
        assertThat(weak.code()).isEqualTo("invalid");
        assertThat(weak.json().at("/errors/0/field").asString()).isEqualTo("password");
        assertThat(forgetful.send("PUT", link, Map.of("password", NEW_PASSWORD)).status())
                .isEqualTo(204);
        assertThat(forgetful.send("PUT", link, Map.of("password", NEW_PASSWORD)).code())
                .isEqualTo("link-expired");

        assertThat(person.get("/api/v1/meetings").status()).isEqualTo(401);
        assertThat(signIn(email, Visitor.PASSWORD).code()).isEqualTo("wrong-credentials");
        Answer signedIn = signIn(email, NEW_PASSWORD);
        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.json().at("/account/emailVerified").asBoolean()).isTrue();
    }

    @Test
    void aResetLinkWorksForAnHour() {
        String email = Visitor.newEmail();
        portal.visitor().signUp(email, "Ada");
        mails.next(email);
        portal.visitor().arrive().post(RESETS, Map.of("email", email));
        String link = RESETS + "/" + mails.next(email).token();
        portal.clock().move(Duration.ofHours(1));
        assertThat(portal.visitor()
                        .arrive()
                        .send("PUT", link, Map.of("password", NEW_PASSWORD))
                        .code())
                .isEqualTo("link-expired");
    }

    @Test
    void askingForAResetTellsNobodyWhoHasSignedUp() {
        String email = Visitor.newEmail();
        portal.visitor().signUp(email, "Ada");
        mails.next(email);
        Visitor curious = portal.visitor().arrive();
        String stranger = Visitor.newEmail();
        Answer known = curious.post(RESETS, Map.of("email", email));
        Answer unknown = curious.post(RESETS, Map.of("email", stranger));
        Answer nonsense = curious.post(RESETS, Map.of("email", "no address"));
        assertThat(known.status()).isEqualTo(202);
        assertThat(unknown.status()).isEqualTo(202);
        assertThat(nonsense.status()).isEqualTo(202);
        assertThat(unknown.text()).isEqualTo(known.text());
        assertThat(unknown.headers("Content-Length")).isEqualTo(known.headers("Content-Length"));
        mails.next(email);
        assertThat(mails.next(stranger, 1)).isEmpty();
    }

    @Test
    void anotherAddressCountsOnceItsLinkWasOpened() {
        String email = Visitor.newEmail();
        String newEmail = Visitor.newEmail();
        Visitor person = portal.visitor().signUp(email, "Ada");
        mails.next(email);
        assertThat(person.patch("/api/v1/account", Map.of("email", newEmail)).code())
                .isEqualTo("wrong-password");
        Answer asked = person.patch("/api/v1/account", Map.of("email", newEmail, "password", Visitor.PASSWORD));
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.json().at("/account/email").asString()).isEqualTo(email);

        String link = VERIFICATIONS + "/" + mails.next(newEmail).token();
        assertThat(person.post(link, null).status()).isEqualTo(204);
        assertThat(person.email()).isEqualTo(newEmail);
        assertThat(verified(person)).isTrue();
        assertThat(signIn(email, Visitor.PASSWORD).code()).isEqualTo("wrong-credentials");
        assertThat(signIn(newEmail, Visitor.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void anAddressOfSomebodyElsesIsNotTaken() {
        String taken = Visitor.newEmail();
        String email = Visitor.newEmail();
        Visitor person = portal.visitor().signUp(email, "Ada");
        String wanted = Visitor.newEmail();
        person.patch("/api/v1/account", Map.of("email", wanted, "password", Visitor.PASSWORD));
        String link = VERIFICATIONS + "/" + mails.next(wanted).token();
        portal.visitor().signUp(wanted, "Eve");
        portal.visitor().signUp(taken, "Bob");
        assertThat(person.post(link, null).code()).as("signed up meanwhile").isEqualTo("email-taken");
        assertThat(person.patch("/api/v1/account", Map.of("email", taken, "password", Visitor.PASSWORD))
                        .code())
                .isEqualTo("email-taken");
        assertThat(person.email()).isEqualTo(email);
    }

    @Test
    void aMailServerThatIsAwayDelaysTheMailAndNothingElse() {
        String email = Visitor.newEmail();
        mails.stop();
        try {
            portal.visitor().signUp(email, "Ada");
            await("failing");
        } finally {
            mails.startAgain();
        }
        long began = System.nanoTime();
        mails.next(email);
        System.out.printf("The mail came %d ms after the server%n", (System.nanoTime() - began) / 1_000_000);
        await("ok");
    }

    private static void await(String state) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!portal.operator()
                .get("/actuator/health")
                .json()
                .at("/components/mail/details/state")
                .asString()
                .equals(state)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static boolean verified(Visitor person) {
        return person.get("/api/v1/session").json().at("/account/emailVerified").asBoolean();
    }

    private static Answer signIn(String email, String password) {
        return portal.visitor().arrive().post("/api/v1/session", Map.of("email", email, "password", password));
    }
}
