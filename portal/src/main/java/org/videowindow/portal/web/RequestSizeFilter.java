package org.videowindow.portal.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.web.filter.OncePerRequestFilter;
import org.videowindow.portal.problem.ProblemCode;
import org.videowindow.portal.problem.Problems;
import org.videowindow.portal.problem.RequestTooLargeException;

/**
 * Ends requests whose body is larger than any the API knows: by the announced length before anything is read, else
 * while reading.
 */
final class RequestSizeFilter extends OncePerRequestFilter {
    private final int most;
    private final Problems problems;

    RequestSizeFilter(int most, Problems problems) {
        this.most = most;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > most) {
            problems.write(response, ProblemCode.TOO_LARGE);
        } else if (request.getContentLengthLong() < 0) {
            chain.doFilter(new Counted(request), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** A request that did not say how long it is. */
    private final class Counted extends HttpServletRequestWrapper {
        private Counted(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new CountedStream(super.getInputStream());
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private final class CountedStream extends ServletInputStream {
        private final ServletInputStream stream;
        private long read;

        private CountedStream(ServletInputStream stream) {
            this.stream = stream;
        }

        @Override
        public int read() throws IOException {
            int value = stream.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int got = stream.read(bytes, offset, length);
            count(Math.max(0, got));
            return got;
        }

        private void count(int got) throws RequestTooLargeException {
            read += got;
            if (read > most) {
                throw new RequestTooLargeException();
            }
        }

        @Override
        public boolean isFinished() {
            return stream.isFinished();
        }

        @Override
        public boolean isReady() {
            return stream.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            stream.setReadListener(listener);
        }
    }
}
