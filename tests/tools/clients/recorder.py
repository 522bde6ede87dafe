"""A server on 127.0.0.1 that keeps the Content-Type and the body of each request."""
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Recorder:
    """requests: by path, (Content-Type, body). pages: by path, HTML that GET returns."""

    def __init__(self):
        self.requests = {}
        self.pages = {}
        self.arrived = threading.Condition()
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def reply(self, text):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def do_GET(self):
                self.reply(recorder.pages.get(self.path, "").encode())

            def read_chunks(self):
                body = b""
                while size := int(self.rfile.readline().split(b";")[0], 16):
                    body += self.rfile.read(size)
                    self.rfile.readline()
                while self.rfile.readline().strip():
                    pass
                return body

            def do_POST(self):
                if "chunked" in self.headers.get("Transfer-Encoding", ""):
                    body = self.read_chunks()
                else:
                    length = int(self.headers.get("Content-Length", 0))
                    body = self.rfile.read(length)
                    if len(body) < length:
                        return  # the client gave up
                with recorder.arrived:
                    recorder.requests[self.path] = (self.headers.get("Content-Type", ""), body)
                    recorder.arrived.notify_all()
                self.reply(recorder.pages.get(self.path + "/next", "").encode())

        # A client may close the connection without reading the reply.
        ThreadingHTTPServer.handle_error = lambda *_: None
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def wait_for(self, path, seconds):
        """Whether a request for the path arrives in time."""
        with self.arrived:
            return self.arrived.wait_for(lambda: path in self.requests, seconds)
