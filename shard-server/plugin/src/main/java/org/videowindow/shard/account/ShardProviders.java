package org.videowindow.shard.account;

import org.jivesoftware.openfire.auth.AuthFactory;
import org.jivesoftware.openfire.user.UserManager;
import org.jivesoftware.util.JiveGlobals;

/**
 * Puts our providers into Openfire and takes them out again. Openfire knows providers only by class name, hence the one
 * static field. To be called inside {@code initializePlugin}, while the plugin's class loader is the thread's.
 */
public final class ShardProviders {
    private static final String AUTH = "provider.auth.className";
    private static final String USER = "provider.user.className";

    private static volatile SignIn current;

    private ShardProviders() {}

    static SignIn signIn() {
        return current;
    }

    /** Makes Openfire ask us who may sign in. */
    public static void install(SignIn signIn) {
        current = signIn;
        set(AUTH, ShardAuthProvider.class);
        set(USER, ShardUserProvider.class);
        // Asking also makes the server load them now, while it can: later threads do not see the plugin's classes.
        if (!AuthFactory.isProviderInstanceOf(ShardAuthProvider.class)
                || !(UserManager.getUserProvider() instanceof ShardUserProvider)) {
            throw new IllegalStateException("Openfire does not take the plugin's accounts");
        }
    }

    /** Gives Openfire its own providers back. */
    public static void remove() {
        current = null;
        JiveGlobals.setProperty(AUTH, "org.jivesoftware.openfire.auth.DefaultAuthProvider");
        JiveGlobals.setProperty(USER, "org.jivesoftware.openfire.user.DefaultUserProvider");
    }

    /** Deleting first makes Openfire look again where the same name is left over from an earlier run. */
    private static void set(String property, Class<?> provider) {
        JiveGlobals.deleteProperty(property);
        JiveGlobals.setProperty(property, provider.getName());
    }
}
