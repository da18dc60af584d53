{{/* Checks limits of the gateway's properties that a schema cannot express, so that the gateway does not fail at start. Prints no secrets. */}}
{{- define "gateway.checkBounds" -}}
{{- $gateway := .Values.gateway | default dict -}}
{{- $lifetime := list 1 31536000 "must be 0s, or from 1s to 365d" true -}}
{{- $timeout := list 0.001 600 "must be from 1ms to 10m" false -}}
{{- $durations := dict
  "fills.ttl" $lifetime
  "heatmap.ttl" $lifetime "heatmap.stale-while-revalidate" $lifetime "heatmap.stale-if-error" $lifetime
  "risk.ttl" $lifetime "risk.stale-while-revalidate" $lifetime "risk.stale-if-error" $lifetime
  "pacing.max-ttl" (list 1 31536000 "must be from 1s to 365d" false)
  "cache.soft-deadline" (list 0.001 1e18 "must be at least 1ms" false)
  "shared.timeout" (list 0.001 10 "must be from 1ms to 10s" false)
  "upstream.connect-timeout" $timeout "upstream.response-timeout" $timeout
  "downloads.connect-timeout" $timeout "downloads.response-timeout" $timeout "downloads.timeout" $timeout
-}}
{{- range $name, $bounds := $durations -}}
{{- with include "gateway.property" (dict "gateway" $gateway "name" $name) -}}
{{- $seconds := include "gateway.seconds" . | float64 -}}
{{- $zero := and (last $bounds) (eq $seconds 0.0) -}}
{{- if and (not $zero) (or (lt $seconds (index $bounds 0 | float64)) (gt $seconds (index $bounds 1 | float64))) -}}
{{- fail (printf "gateway.%s is %s and %s" $name . (index $bounds 2)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $body := list 1024 1073741823 "must be at least 1KB and less than 1GB" -}}
{{- $sizes := dict "upstream.max-size" $body "downloads.max-size" $body "cache.max-size" (list 1048576 9223372036854775807 "must be at least 1MB") "cache.directory-max-size" (list 1048576 9223372036854775807 "must be at least 1MB") -}}
{{- range $name, $endpoint := dig "endpoints" dict $gateway -}}
{{- $_ := set $sizes (printf "endpoints.%s.max-size" $name) $body -}}
{{- end -}}
{{- range $name, $bounds := $sizes -}}
{{- with include "gateway.property" (dict "gateway" $gateway "name" $name) -}}
{{- $bytes := include "gateway.bytes" . | int64 -}}
{{- if or (lt $bytes (index $bounds 0 | int64)) (gt $bytes (index $bounds 1 | int64)) -}}
{{- fail (printf "gateway.%s is %s and %s" $name . (index $bounds 2)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range dig "risk" "segments" list $gateway -}}
{{- $ends := splitList "-" (toString .) -}}
{{- if gt (first $ends | int) (last $ends | int) -}}
{{- fail (printf "gateway.risk.segments has %s, a range that ends before it starts" (toString .)) -}}
{{- end -}}
{{- end -}}
{{ include "gateway.checkBaseUrl" (dig "upstream" "base-url" "" $gateway) }}
{{- $budget := dig "budget" dict $gateway -}}
{{- if and (eq (dig "plan" "" $budget) "custom") (not (or (hasKey $budget "per-minute") (hasKey $budget "per-day") (hasKey $budget "per-month"))) -}}
{{- fail "gateway.budget.plan is custom, which needs at least one of gateway.budget.per-minute, per-day and per-month" -}}
{{- end -}}
{{- with get (get $gateway "access" | default dict) "jwt" -}}
{{- if not (or (get . "issuer-uri") (get . "jwk-set-uri")) -}}
{{- fail "gateway.access.jwt needs issuer-uri or jwk-set-uri: set gateway.access.jwt.issuer-uri to the issuer of your JWTs, such as https://login.example.com" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Returns the gateway's property with the given name, or nothing. */}}
{{- define "gateway.property" -}}
{{- $value := .gateway -}}
{{- range splitList "." .name }}{{ $value = get ($value | default dict) . }}{{ end -}}
{{- $value -}}
{{- end -}}

{{/* Returns the seconds of a duration of the gateway, such as 250ms or 5m. */}}
{{- define "gateway.seconds" -}}
{{- $number := regexFind "^[0-9]+" . -}}
{{- $factors := dict "ns" 0.000000001 "us" 0.000001 "ms" 0.001 "s" 1 "m" 60 "h" 3600 "d" 86400 -}}
{{- mulf (float64 $number) (get $factors (trimPrefix $number .)) -}}
{{- end -}}

{{- define "gateway.checkBaseUrl" -}}
{{- with . -}}
{{- $url := urlParse . -}}
{{- if or $url.userinfo $url.query $url.fragment (not $url.hostname) -}}
{{- fail "gateway.upstream.base-url must have a host and no user info, query or fragment, such as https://ht-api.coinmarketman.com: the key belongs in apiKey alone" -}}
{{- end -}}
{{- if regexMatch "(?i)/+(api/*$|api/+external(/.*)?$)" $url.path -}}
{{- fail (printf "gateway.upstream.base-url must end before /api/external, which the gateway adds: write %s://%s%s" $url.scheme $url.host (regexReplaceAll "(?i)/+(api/*$|api/+external(/.*)?$)" $url.path "")) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Requires that the values say who may call, in the words of the gateway, which would not start otherwise. */}}
{{- define "gateway.checkAccess" -}}
{{- $gateway := .Values.gateway | default dict -}}
{{- range $former, $name := dict "teams-jwt" "access.jwt" "rate-limit-headers" "access.rate-limit-headers" -}}
{{- if hasKey $gateway $former -}}
{{- fail (printf "gateway.%s is not a property of the gateway; its name is now gateway.%s" $former $name) -}}
{{- end -}}
{{- end -}}
{{- $open := get (get $gateway "access" | default dict) "open" -}}
{{- $closed := include "gateway.needsToken" . -}}
{{- if and $open $closed -}}
{{- fail "gateway.access.open is true, which excludes teams and gateway.access.jwt: an open gateway checks no tokens" -}}
{{- end -}}
{{- if not (or $open $closed) -}}
{{- fail "Nobody may call this gateway: neither teams nor JWTs are configured, and it is not open. Choose who may call. Teams with tokens: set teams.existingSecret or teams.values (docs/teams.md). Callers with JWTs of your issuer: set gateway.access.jwt.issuer-uri and gateway.access.jwt.audience. Everybody who reaches the gateway, without a token, such as on a laptop: set gateway.access.open to true" -}}
{{- end -}}
{{- end -}}

{{/* Checks the teams. Never prints a hash or a time, which may be a token by mistake. */}}
{{- define "gateway.checkTeams" -}}
{{- $jwt := get (get (.Values.gateway | default dict) "access" | default dict) "jwt" -}}
{{- $names := list -}}
{{- $shares := 0.0 -}}
{{- range $index, $team := .Values.teams.values -}}
{{- if has $team.name $names -}}{{- fail (printf "teams.values has the team %s twice" $team.name) -}}{{- end -}}
{{- $names = append $names $team.name -}}
{{- $hashes := get $team "token-sha256" | default list -}}
{{- if kindIs "string" $hashes -}}{{- $hashes = splitList "," $hashes -}}{{- end -}}
{{- range $hashes -}}
{{- if not (regexMatch "^[0-9A-Fa-f]{64}$" (trim .)) -}}
{{- fail (printf "teams.values[%d].token-sha256 must be 64 hexadecimal digits: the SHA-256 of the token, not the token" $index) -}}
{{- end -}}
{{- end -}}
{{- $tokens := get $team "tokens" | default list -}}
{{- if gt (len $hashes) 1 -}}
{{- fail (printf "teams.values[%d].token-sha256 has several values: list the tokens in tokens, each with its sha256 and, if it is to expire, its not-after" $index) -}}
{{- end -}}
{{- if and $hashes $tokens -}}
{{- fail (printf "teams.values[%d].token-sha256 is set beside tokens: move it to tokens as another sha256, or remove it" $index) -}}
{{- end -}}
{{- range $number, $token := $tokens -}}
{{- if not (regexMatch "^[0-9A-Fa-f]{64}$" (get $token "sha256")) -}}
{{- fail (printf "teams.values[%d].tokens[%d].sha256 must be 64 hexadecimal digits: the SHA-256 of the token, not the token" $index $number) -}}
{{- end -}}
{{- if and (hasKey $token "not-after") (not (regexMatch "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$" (get $token "not-after"))) -}}
{{- fail (printf "teams.values[%d].tokens[%d].not-after must be a time in ISO 8601 with its offset, such as 2027-01-31T00:00:00Z" $index $number) -}}
{{- end -}}
{{- end -}}
{{- if and (not $hashes) (not $tokens) (not $jwt) -}}
{{- fail (printf "teams.values[%d].token-sha256 is missing: the SHA-256 of the token of %s in hexadecimal" $index $team.name) -}}
{{- end -}}
{{- if and (get $team "subjects") (not $jwt) -}}
{{- fail (printf "teams.values[%d] has subjects, which need gateway.access.jwt: set it, or remove the subjects" $index) -}}
{{- end -}}
{{- $shares = addf $shares (get $team "upstream-share" | default 0) -}}
{{- end -}}
{{- if gt $shares 1.000000001 -}}
{{- fail (printf "the upstream-share values of teams.values add up to %v; they must add up to at most 1" $shares) -}}
{{- end -}}
{{- end -}}
