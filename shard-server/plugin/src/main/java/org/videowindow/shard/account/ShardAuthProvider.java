package org.videowindow.shard.account;

import org.jivesoftware.openfire.auth.AuthProvider;
import org.jivesoftware.openfire.auth.ConnectionException;
import org.jivesoftware.openfire.auth.DefaultAuthProvider;
import org.jivesoftware.openfire.auth.InternalUnauthenticatedException;
import org.jivesoftware.openfire.auth.UnauthorizedException;
import org.jivesoftware.openfire.user.UserNotFoundException;

/**
 * Openfire's door to {@link SignIn}. Openfire makes it from its class name, so what it works with is set beforehand by
 * {@link ShardProviders}. Names we do not know go to Openfire's own accounts, which the administration console needs;
 * such an account gets no XMPP session (see {@code Guard}).
 */
public final class ShardAuthProvider implements AuthProvider {
    private final AuthProvider others = new DefaultAuthProvider();

    @Override
    public void authenticate(String username, String password)
            throws UnauthorizedException, ConnectionException, InternalUnauthenticatedException {
        SignIn signIn = ShardProviders.signIn();
        if (signIn == null || username == null || password == null) {
            throw new UnauthorizedException();
        }
        if (signIn.check(username, password)) {
            return;
        }
        if (signIn.isService(username) || password.indexOf('.') >= 0) {
            throw new UnauthorizedException();
        }
        others.authenticate(username, password);
    }

    @Override
    public String getPassword(String username) throws UserNotFoundException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setPassword(String username, String password) throws UserNotFoundException {
        SignIn signIn = ShardProviders.signIn();
        if (signIn == null || signIn.exists(username)) {
            throw new UnsupportedOperationException();
        }
        others.setPassword(username, password);
    }

    @Override
    public boolean supportsPasswordRetrieval() {
        return false;
    }

    @Override
    public boolean isScramSupported() {
        return false;
    }

    @Override
    public String getSalt(String username) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int getIterations(String username) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getServerKey(String username) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getStoredKey(String username) {
        throw new UnsupportedOperationException();
    }
}
