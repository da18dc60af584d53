vcl 4.1;

backend origin {
  .host = "127.0.0.1";
  .port = "@origin@";
}

sub vcl_recv {
  # The built-in rules pass every request with this header, which here is the same for all.
  unset req.http.Authorization;
}

sub vcl_backend_response {
  set beresp.ttl = 1h;
}
