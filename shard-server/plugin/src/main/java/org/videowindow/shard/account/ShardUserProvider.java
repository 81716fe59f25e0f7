package org.videowindow.shard.account;

import java.util.Collection;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.jivesoftware.openfire.user.DefaultUserProvider;
import org.jivesoftware.openfire.user.User;
import org.jivesoftware.openfire.user.UserAlreadyExistsException;
import org.jivesoftware.openfire.user.UserNotFoundException;
import org.jivesoftware.openfire.user.UserProvider;

/**
 * Shows our accounts to Openfire, which refuses unknown names, without writing anything into its database. All other
 * names, and every list, are Openfire's own.
 */
@SuppressWarnings("JavaUtilDate") // Openfire speaks in Dates
public final class ShardUserProvider implements UserProvider {
    private final UserProvider others = new DefaultUserProvider();

    @Override
    public User loadUser(String username) throws UserNotFoundException {
        SignIn signIn = ShardProviders.signIn();
        Optional<String> name = signIn == null ? Optional.empty() : signIn.displayName(username);
        if (name.isPresent()) {
            Date now = new Date();
            return new User(username, name.get(), null, now, now);
        }
        return others.loadUser(username);
    }

    @Override
    public User createUser(String username, String password, String name, String email)
            throws UserAlreadyExistsException {
        SignIn signIn = ShardProviders.signIn();
        if (signIn != null && signIn.exists(username)) {
            throw new UserAlreadyExistsException();
        }
        return others.createUser(username, password, name, email);
    }

    @Override
    public void deleteUser(String username) {
        others.deleteUser(username);
    }

    @Override
    public int getUserCount() {
        return others.getUserCount();
    }

    @Override
    public Collection<User> getUsers() {
        return others.getUsers();
    }

    @Override
    public Collection<String> getUsernames() {
        return others.getUsernames();
    }

    @Override
    public Collection<User> getUsers(int startIndex, int numResults) {
        return others.getUsers(startIndex, numResults);
    }

    @Override
    public void setName(String username, String name) throws UserNotFoundException {
        others.setName(username, name);
    }

    @Override
    public void setEmail(String username, String email) throws UserNotFoundException {
        others.setEmail(username, email);
    }

    @Override
    public void setCreationDate(String username, Date creationDate) throws UserNotFoundException {
        others.setCreationDate(username, creationDate);
    }

    @Override
    public void setModificationDate(String username, Date modificationDate) throws UserNotFoundException {
        others.setModificationDate(username, modificationDate);
    }

    @Override
    public Set<String> getSearchFields() {
        return others.getSearchFields();
    }

    @Override
    public Collection<User> findUsers(Set<String> fields, String query) {
        return others.findUsers(fields, query);
    }

    @Override
    public Collection<User> findUsers(Set<String> fields, String query, int startIndex, int numResults) {
        return others.findUsers(fields, query, startIndex, numResults);
    }

    @Override
    public boolean isReadOnly() {
        return others.isReadOnly();
    }

    @Override
    public boolean isNameRequired() {
        return others.isNameRequired();
    }

    @Override
    public boolean isEmailRequired() {
        return others.isEmailRequired();
    }
}
