/** The videobridge: the program that puts its parts together. */
package org.videowindow.bridge;
