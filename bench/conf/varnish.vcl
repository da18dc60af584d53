vcl 4.1;

backend origin {
  .host = "127.0.0.1";
  .port = "@origin@";
}

sub vcl_recv {
  # Varnish's built-in rules do not cache requests with this header, which is the same for all clients here.
  unset req.http.Authorization;
}

sub vcl_backend_response {
  set beresp.ttl = 1h;
}
