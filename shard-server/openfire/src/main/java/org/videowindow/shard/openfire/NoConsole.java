package org.videowindow.shard.openfire;

import java.io.File;
import org.jivesoftware.openfire.container.Plugin;
import org.jivesoftware.openfire.container.PluginManager;

/** Takes the place of the administration console, which the embedded server does not have. Loaded by Openfire. */
public final class NoConsole implements Plugin {
    @Override
    public void initializePlugin(PluginManager manager, File folder) {}

    @Override
    public void destroyPlugin() {}
}
