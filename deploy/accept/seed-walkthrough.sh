#!/usr/bin/env bash
# seed-walkthrough.sh HOST:PORT [UPSTREAM_HOST:PORT]
#
# Black-box acceptance of the "pull through cache repositories" announcement, with the REAL clients:
# aws CLI, docker CLI + dockerd, skopeo. Nothing but 127.0.0.1 is contacted.
#
#   HOST:PORT           our server: serves both the ECR JSON API (POST /) and the registry (/v2/)
#   UPSTREAM_HOST:PORT  an existing, writable, anonymous registry; omitted = the script starts docker-registry itself
#
# env (defaults in brackets)
#   AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY   the server's admin key (required)
#   AWS_DEFAULT_REGION [us-east-1]   AWS_BIN [/usr/bin/aws]   DOCKER_BIN [docker]   DOCKERD_BIN [dockerd]
#   ENDPOINT_URL [http://HOST:PORT]  value of --endpoint-url
#   CHECK_INTERVAL [30]   seconds; MUST equal the server's upstream check interval (ECR: 24 h)
#   IMPORT_TIMEOUT [30]   how long the children of an index may take to be imported after the first pull
#   REFRESH_TIMEOUT [30]  how long after the interval the new tag may take to show; STRICT_REFRESH=1: the very first pull must have it
#   PREFIX [ecr-public]   IMAGE [amazonlinux/amazonlinux]   IMAGE_FORMAT [v2s2] or oci
#   PROXY_PORT [free]     port of the counting proxy that stands between our server and the upstream
#   RULE_UPSTREAM [127.0.0.1:PROXY_PORT]  value of --upstream-registry-url (public.ecr.aws if the server maps that name to the proxy)
#   DOCKER_HOST           use this daemon instead of starting one
#   PREFLIGHT_ONLY=1      dry run: upstream + proxy + dockerd + docker login/pull against a Basic-auth docker-registry; no server needed
#   SERVER_CMD            command that starts the server (run in background, killed at the end); it sees $SEED_UPSTREAM
#   KEEP=1                keep the work folder
# Exit 0 = all passed. Last line: "N passed, N failed".
set -u -o pipefail
export LC_ALL=C.UTF-8 AWS_PAGER= AWS_EC2_METADATA_DISABLED=true AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null
unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_ENDPOINT_URL AWS_ENDPOINT_URL_ECR DOCKER_CONTEXT http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY 2>/dev/null
PREFLIGHT_ONLY=${PREFLIGHT_ONLY:-0}
freeport(){ python3 -c 'import socket;s=socket.socket();s.bind(("127.0.0.1",0));print(s.getsockname()[1])'; }
if [ "$PREFLIGHT_ONLY" = 1 ]; then SERVER=${1:-127.0.0.1:$(freeport)}; : "${AWS_ACCESS_KEY_ID:=x}" "${AWS_SECRET_ACCESS_KEY:=x}"
else SERVER=${1:?usage: seed-walkthrough.sh HOST:PORT [UPSTREAM_HOST:PORT]}; : "${AWS_ACCESS_KEY_ID:?}" "${AWS_SECRET_ACCESS_KEY:?}"; fi
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_DEFAULT_REGION=${AWS_DEFAULT_REGION:-us-east-1}
AWS_BIN=${AWS_BIN:-/usr/bin/aws}; DOCKER_BIN=${DOCKER_BIN:-docker}; DOCKERD_BIN=${DOCKERD_BIN:-dockerd}
ENDPOINT_URL=${ENDPOINT_URL:-http://$SERVER}; CHECK_INTERVAL=${CHECK_INTERVAL:-30}; IMPORT_TIMEOUT=${IMPORT_TIMEOUT:-30}; REFRESH_TIMEOUT=${REFRESH_TIMEOUT:-30}
STRICT_REFRESH=${STRICT_REFRESH:-0}; PREFIX=${PREFIX:-ecr-public}; IMAGE=${IMAGE:-amazonlinux/amazonlinux}; IMAGE_FORMAT=${IMAGE_FORMAT:-v2s2}
REPO=$PREFIX/$IMAGE; REF=$SERVER/$REPO:latest
W=$(mktemp -d "${TMPDIR:-/tmp}/seed.XXXXXX"); PIDS=(); PASS=0; FAIL=0; N=0

# ---------------------------------------------------------------- shorthands
say(){ printf '%s\n' "# $*"; }
ok(){ N=$((N+1)); PASS=$((PASS+1)); printf 'ok %d - %s\n' "$N" "$1"; }
ko(){ N=$((N+1)); FAIL=$((FAIL+1)); printf 'not ok %d - %s\n' "$N" "$1"; shift; [ $# -gt 0 ] && printf '%s\n' "$*" | head -15 | sed 's/^/    /'; return 0; }
die(){ ko "$@"; say "cannot go on"; exit 1; }
t(){ local d=$1; shift; local o; if o=$("$@" 2>&1); then ok "$d"; else ko "$d" "$* => $o"; fi; }                # t DESC CMD...: rc 0
like(){ if printf '%s' "$2" | grep -Eq -- "$3"; then ok "$1"; else ko "$1" "wanted /$3/, got: $2"; fi; }         # like DESC TEXT REGEX
is(){ if [ "$2" = "$3" ]; then ok "$1"; else ko "$1" "wanted: $3" "got: $2"; fi; }                               # is DESC GOT WANT
js(){ printf '%s' "$2" | python3 -c "
import sys,json
try: d=json.load(sys.stdin)
except Exception as e: sys.exit('not JSON: %s'%e)
r=($3)
sys.exit(0 if r is True else '%r from %s'%(r,json.dumps(d)[:1500]))" 2>"$W/js.err" && ok "$1" || ko "$1" "$3" "$(cat "$W/js.err")"; }   # js DESC JSON PYEXPR(d)
jv(){ printf '%s' "$1" | python3 -c "import sys,json; d=json.load(sys.stdin); print($2)" 2>/dev/null; }           # jv JSON PYEXPR
ecr(){ "$AWS_BIN" ecr "$@" --endpoint-url "$ENDPOINT_URL"; }                                                     # every API call goes through here
ecr_err(){ local d=$1 want=$2 o rc; shift 2; o=$(ecr "$@" 2>&1); rc=$?
  if [ $rc -ne 0 ] && printf '%s' "$o" | grep -Eq "An error occurred \(($want)\)"; then ok "$d"; else ko "$d" "wanted $want, rc=$rc: $o"; fi; }
dk(){ "$DOCKER_BIN" "$@"; }
hits(){ [ -f "$W/proxy.log" ] && wc -l < "$W/proxy.log" || echo 0; }
now(){ date +%s; }
label(){ dk image inspect -f '{{index .Config.Labels "seed.version"}}' "$1" 2>&1; }
repodigest(){ dk image inspect -f '{{range .RepoDigests}}{{println .}}{{end}}' "$1" 2>/dev/null | sed -n 's/.*@//p' | head -1; }
forget(){ dk image rm -f "$1" >/dev/null 2>&1; }
waitfor(){ local n=$1; shift; for _ in $(seq 1 $((n*5))); do "$@" >/dev/null 2>&1 && return 0; sleep 0.2; done; return 1; }
bg(){ local log=$1; shift; "$@" >"$log" 2>&1 & PIDS+=($!); LAST=$!; }
cleanup(){ local rc=$?; trap - EXIT; for ((i=${#PIDS[@]}-1;i>=0;i--)); do kill "${PIDS[$i]}" 2>/dev/null; done
  for p in "${PIDS[@]:-}"; do [ -n "$p" ] && for _ in $(seq 1 50); do kill -0 "$p" 2>/dev/null || break; sleep 0.2; done; done
  # mounts of *our* dockerd only
  grep -F " $W/" /proc/mounts 2>/dev/null | cut -d' ' -f2 | sort -r | while read -r m; do umount -l "$m" 2>/dev/null; done
  if [ "${KEEP:-0}" = 1 ] || { [ $FAIL -gt 0 ] && [ "${KEEP_ON_FAIL:-0}" = 1 ]; }; then say "work folder kept: $W"; else rm -rf --one-file-system "$W" 2>/dev/null; fi
  printf '\n%d passed, %d failed\n' "$PASS" "$FAIL"; [ $FAIL -gt 0 ] && rc=1; exit "$rc"; }
trap cleanup EXIT; trap 'exit 130' INT TERM

# ---------------------------------------------------------------- tools written out
cat > "$W/mkimage.py" <<'E'
# mkimage.py OUTDIR VERSION HELLO_BINARY: an OCI layout holding one index (tag latest) of two tiny images (amd64 runnable, arm64)
import sys,os,io,json,gzip,tarfile,hashlib,random
out,ver,hello=sys.argv[1:4]; os.makedirs(out+'/blobs/sha256',exist_ok=True)
def blob(b):
    h=hashlib.sha256(b).hexdigest(); open(f'{out}/blobs/sha256/{h}','wb').write(b); return dict(digest='sha256:'+h,size=len(b))
J=lambda o: json.dumps(o,separators=(',',':')).encode(); O='application/vnd.oci.image.'; mans=[]
for arch in ('amd64','arm64'):
    t=io.BytesIO(); tf=tarfile.open(fileobj=t,mode='w')
    def add(n,d,m):
        i=tarfile.TarInfo(n); i.size=len(d); i.mode=m; tf.addfile(i,io.BytesIO(d))
    add('hello',open(hello,'rb').read(),0o755); add('etc/seed-version',f'{ver} {arch}\n'.encode(),0o644); add('pad',random.Random(ver+arch).randbytes(300000),0o644); tf.close()
    raw=t.getvalue(); g=io.BytesIO()
    with gzip.GzipFile(fileobj=g,mode='wb',mtime=0) as z: z.write(raw)
    layer=dict(mediaType=O+'layer.v1.tar+gzip',**blob(g.getvalue()))
    cfg=dict(mediaType=O+'config.v1+json',**blob(J(dict(architecture=arch,os='linux',created='2021-11-29T00:00:00Z',config=dict(Cmd=['/hello'],Labels={'seed.version':ver,'seed.arch':arch}),rootfs=dict(type='layers',diff_ids=['sha256:'+hashlib.sha256(raw).hexdigest()]),history=[dict(created='2021-11-29T00:00:00Z',created_by='seed')]))))
    mans.append(dict(mediaType=O+'manifest.v1+json',**blob(J(dict(schemaVersion=2,mediaType=O+'manifest.v1+json',config=cfg,layers=[layer]))),platform=dict(architecture=arch,os='linux')))
idx=dict(mediaType=O+'index.v1+json',**blob(J(dict(schemaVersion=2,mediaType=O+'index.v1+json',manifests=mans))),annotations={'org.opencontainers.image.ref.name':'latest'})
open(out+'/index.json','wb').write(J(dict(schemaVersion=2,manifests=[idx]))); open(out+'/oci-layout','w').write('{"imageLayoutVersion":"1.0.0"}')
E
cat > "$W/proxy.py" <<'E'
# proxy.py PORT TARGET LOG DOWNFLAG: counting reverse proxy; one line per request in LOG; while DOWNFLAG exists it answers 503
import sys,os,http.server,http.client
port,target,log,down=int(sys.argv[1]),sys.argv[2],sys.argv[3],sys.argv[4]
class H(http.server.BaseHTTPRequestHandler):
    protocol_version='HTTP/1.1'
    def do(self):
        st=503; body=b'{"errors":[{"code":"UNAVAILABLE","message":"proxy is down"}]}'; hd=[('Content-Type','application/json')]
        if not os.path.exists(down):
            c=http.client.HTTPConnection(target,timeout=20)
            c.putrequest(self.command,self.path,skip_host=True,skip_accept_encoding=True)
            for k,v in self.headers.items():  # repeated headers (Accept!) are kept as they came
                if k.lower() not in('connection','transfer-encoding'): c.putheader(k,v)
            c.endheaders()
            r=c.getresponse(); body=r.read(); st=r.status; hd=[(k,v) for k,v in r.getheaders() if k.lower() not in('connection','transfer-encoding','content-length')]; n=r.getheader('Content-Length')
            c.close()
        else: n=None
        with open(log,'a') as f: f.write(f'{self.command} {self.path} {st} accept={",".join(self.headers.get_all("Accept") or [])} ua={self.headers.get("User-Agent")}\n')
        self.send_response_only(st)
        for k,v in hd: self.send_header(k,v)
        self.send_header('Content-Length',n if self.command=='HEAD' and n else str(len(body))); self.end_headers()
        if self.command!='HEAD': self.wfile.write(body)
    do_GET=do_HEAD=do
    def log_message(self,*a): pass
http.server.ThreadingHTTPServer(('127.0.0.1',port),H).serve_forever()
E
cat > "$W/rawsig.py" <<'E'
# rawsig.py URL OP BODY [--skew SECONDS] [--send-body OTHER] [--service S]: independent SigV4 signer; prints "STATUS __type: message"
import sys,os,hmac,hashlib,datetime,urllib.request,urllib.error,urllib.parse,json,argparse
p=argparse.ArgumentParser(); p.add_argument('url'); p.add_argument('op'); p.add_argument('body'); p.add_argument('--skew',type=int,default=0); p.add_argument('--send-body'); p.add_argument('--service',default='ecr'); p.add_argument('--lower',action='store_true'); a=p.parse_args()
ak,sk,reg=os.environ['AWS_ACCESS_KEY_ID'],os.environ['AWS_SECRET_ACCESS_KEY'],os.environ['AWS_DEFAULT_REGION']
d=(datetime.datetime.now(datetime.timezone.utc)+datetime.timedelta(seconds=a.skew)).strftime('%Y%m%dT%H%M%SZ'); host=urllib.parse.urlsplit(a.url).netloc; b=a.body.encode()
h={'content-type':'application/x-amz-json-1.1','host':host,'x-amz-date':d,'x-amz-target':'AmazonEC2ContainerRegistry_V20150921.'+a.op}; sh=';'.join(sorted(h))
cr='\n'.join(['POST','/','',''.join(f'{k}:{h[k]}\n' for k in sorted(h)),sh,hashlib.sha256(b).hexdigest()]); scope=f'{d[:8]}/{reg}/{a.service}/aws4_request'
s='\n'.join(['AWS4-HMAC-SHA256',d,scope,hashlib.sha256(cr.encode()).hexdigest()]); k=('AWS4'+sk).encode()
for x in scope.split('/'): k=hmac.new(k,x.encode(),hashlib.sha256).digest()
h['authorization']=f'AWS4-HMAC-SHA256 Credential={ak}/{scope}, SignedHeaders={sh}, Signature={hmac.new(k,s.encode(),hashlib.sha256).hexdigest()}'
q=urllib.request.Request(a.url,data=(a.send_body or a.body).encode(),headers=h,method='POST')
try: r=urllib.request.urlopen(q,timeout=20); st,body=r.status,r.read()
except urllib.error.HTTPError as e: st,body=e.code,e.read()
try: j=json.loads(body)
except Exception: j={}
print(st,str(j.get('__type','')).split('#')[-1]+':',j.get('message') or j.get('Message') or body.decode('utf8','replace')[:300])
E

# ---------------------------------------------------------------- 0. tools, image, upstream, proxy, dockerd
for x in "$AWS_BIN" "$DOCKER_BIN" skopeo python3 gcc curl; do command -v "$x" >/dev/null || die "tool $x is missing"; done
say "server $SERVER, endpoint $ENDPOINT_URL, check interval ${CHECK_INTERVAL}s, format $IMAGE_FORMAT, $("$AWS_BIN" --version 2>&1 | cut -d' ' -f1), docker $("$DOCKER_BIN" --version | grep -oE '[0-9]+\.[0-9.]+' | head -1), $(skopeo --version)"
for v in v1 v2 v3; do printf '#include <stdio.h>\nint main(void){puts("seed %s");return 0;}\n' $v > "$W/h.c"
  gcc -static -Os -o "$W/hello-$v" "$W/h.c" 2>"$W/gcc.err" || die "static build" "$(cat "$W/gcc.err")"; strip "$W/hello-$v"; python3 "$W/mkimage.py" "$W/lay-$v" $v "$W/hello-$v" || die "image layout $v"; done
if [ -n "${2:-}" ]; then UP=$2; else
  UP=127.0.0.1:$(freeport); printf 'version: 0.1\nlog: {level: warn, accesslog: {disabled: true}}\nstorage: {filesystem: {rootdirectory: %s}, delete: {enabled: true}}\nhttp: {addr: "%s"}\n' "$W/up" "$UP" > "$W/up.yml"
  bg "$W/up.log" docker-registry serve "$W/up.yml"; fi
waitfor 10 curl -fsS "http://$UP/v2/" && ok "upstream registry answers at $UP" || die "upstream registry at $UP" "$(tail -5 "$W/up.log" 2>/dev/null)"
push(){ skopeo copy -q --all --format "$IMAGE_FORMAT" --dest-tls-verify=false "oci:$W/lay-$1:latest" "docker://$UP/$IMAGE:${2:-latest}"; }
ACC=(-H 'Accept: application/vnd.docker.distribution.manifest.list.v2+json' -H 'Accept: application/vnd.oci.image.index.v1+json')
updigest(){ curl -fsS -o /dev/null -D - "${ACC[@]}" "http://$UP/v2/$IMAGE/manifests/${1:-latest}" | tr -d '\r' | sed -n 's/^[Dd]ocker-[Cc]ontent-[Dd]igest: //p'; }
upchildren(){ curl -fsS "${ACC[@]}" "http://$UP/v2/$IMAGE/manifests/${1:-latest}" | python3 -c 'import sys,json; print(" ".join(sorted(m["digest"] for m in json.load(sys.stdin)["manifests"])))'; }
t "v1 pushed upstream as a multi-arch index with skopeo --all" push v1
IDX1=$(updigest); CH1=$(upchildren); like "upstream index digest" "$IDX1" '^sha256:[0-9a-f]{64}$'; is "upstream index has 2 images" "$(wc -w <<<"$CH1")" 2
PROXY_PORT=${PROXY_PORT:-$(freeport)}; export SEED_UPSTREAM=127.0.0.1:$PROXY_PORT; RULE_UPSTREAM=${RULE_UPSTREAM:-$SEED_UPSTREAM}
bg "$W/proxy.out" python3 "$W/proxy.py" "$PROXY_PORT" "$UP" "$W/proxy.log" "$W/proxy.down"
waitfor 10 curl -fsS "http://$SEED_UPSTREAM/v2/" && ok "counting proxy answers at $SEED_UPSTREAM" || die "counting proxy" "$(cat "$W/proxy.out")"
if [ -z "${DOCKER_HOST:-}" ]; then
  export DOCKER_HOST=unix://$W/docker.sock
  bg "$W/dockerd.log" "$DOCKERD_BIN" --data-root "$W/dd" --exec-root "$W/de" -H "$DOCKER_HOST" --pidfile "$W/dockerd.pid" --iptables=false --ip-masq=false --bridge=none --insecure-registry "$SERVER"
fi
waitfor 40 dk info && ok "dockerd answers ($(dk version -f '{{.Server.Version}}'))" || die "dockerd" "$(tail -5 "$W/dockerd.log" 2>/dev/null)"
export DOCKER_CONFIG=$W/dockercfg; mkdir -p "$DOCKER_CONFIG" "$W/emptycfg"

# ---------------------------------------------------------------- dry run without a server
if [ "$PREFLIGHT_ONLY" = 1 ]; then
  say "PREFLIGHT_ONLY: a Basic-auth docker-registry stands in for the server at $SERVER"
  python3 -c 'import crypt;print("AWS:"+crypt.crypt("pw-123",crypt.mksalt(crypt.METHOD_BLOWFISH)))' > "$W/htpasswd" 2>/dev/null
  printf 'version: 0.1\nlog: {level: warn, accesslog: {disabled: true}}\nstorage: {filesystem: {rootdirectory: %s}}\nhttp: {addr: "%s"}\nauth: {htpasswd: {realm: "http://%s/", path: %s}}\n' "$W/ba" "$SERVER" "$SERVER" "$W/htpasswd" > "$W/ba.yml"
  bg "$W/ba.log" docker-registry serve "$W/ba.yml"; waitfor 10 curl -sS "http://$SERVER/v2/" || die "basic-auth registry" "$(cat "$W/ba.log")"
  like "GET /v2/ without credentials: 401 + Basic challenge" "$(curl -sS -o /dev/null -D - "http://$SERVER/v2/")" '401 Unauthorized(.|\n)*'; like "challenge is Basic" "$(curl -sS -o /dev/null -D - "http://$SERVER/v2/")" '^[Ww][Ww][Ww]-[Aa]uthenticate: Basic realm='
  o=$(echo wrong | dk login --username AWS --password-stdin "$SERVER/$PREFIX" 2>&1); like "docker login with a wrong password fails" "$o" '401 Unauthorized|unauthorized'
  o=$(echo pw-123 | dk login --username AWS --password-stdin "$SERVER/$PREFIX" 2>&1); like "docker login HOST/$PREFIX succeeds" "$o" 'Login Succeeded'
  js "docker stored the login under HOST:PORT, path stripped" "$(cat "$DOCKER_CONFIG/config.json")" "list(d['auths'])==['$SERVER']"
  t "skopeo copies v1 upstream -> basic-auth registry" skopeo copy -q --all --src-tls-verify=false --dest-tls-verify=false --dest-creds AWS:pw-123 "docker://$SEED_UPSTREAM/$IMAGE:latest" "docker://$REF"
  o=$(DOCKER_CONFIG=$W/emptycfg dk image pull "$REF" 2>&1); like "docker image pull without login: no basic auth credentials" "$o" 'no basic auth credentials'
  t "docker image pull" dk image pull "$REF"; is "it is v1" "$(label "$REF")" v1; is "its digest is upstream's index digest" "$(repodigest "$REF")" "$IDX1"
  o=$(timeout 60 "$DOCKER_BIN" run --rm --network none "$REF" 2>&1); like "the image runs" "$o" '^seed v1$'
  t "v2 pushed upstream, the tag moves" push v2; [ "$(updigest)" != "$IDX1" ] && ok "upstream's latest is another digest" || ko "upstream's latest is another digest"
  touch "$W/proxy.down"; like "proxy goes down on demand" "$(curl -s -o /dev/null -w '%{http_code}' "http://$SEED_UPSTREAM/v2/")" 503; rm "$W/proxy.down"
  [ "$(hits)" -gt 0 ] && ok "proxy counted $(hits) upstream requests" || ko "proxy counted nothing"
  python3 "$W/rawsig.py" "http://$SERVER/" DescribeRegistry '{}' >/dev/null 2>&1 && ok "raw SigV4 signer runs" || ko "raw SigV4 signer runs"
  t "aws CLI has the ecr operations" "$AWS_BIN" ecr create-pull-through-cache-rule --generate-cli-skeleton
  exit 0
fi

# ---------------------------------------------------------------- 1. the server, before anything
if [ -n "${SERVER_CMD:-}" ]; then bg "$W/server.log" bash -c "exec $SERVER_CMD"; fi
waitfor 60 curl -sS "http://$SERVER/v2/" || die "server at $SERVER" "$(tail -20 "$W/server.log" 2>/dev/null)"
H=$(curl -sS -D - -o "$W/401.body" "http://$SERVER/v2/" | tr -d '\r')
like "GET /v2/ without credentials: 401" "$H" '^HTTP/1.1 401'; like "  Docker-Distribution-Api-Version: registry/2.0" "$H" '^[Dd]ocker-[Dd]istribution-[Aa]pi-[Vv]ersion: registry/2.0$'
like "  Www-Authenticate: Basic" "$H" '^[Ww][Ww][Ww]-[Aa]uthenticate: Basic realm="[^"]+"'
like "an empty Basic credential (Og==, what skopeo sends when it has none) is refused" "$(curl -s -o /dev/null -w '%{http_code}' -H 'Authorization: Basic Og==' "http://$SERVER/v2/")" '^401$'
R=$(ecr describe-repositories 2>&1) || die "aws ecr describe-repositories" "$R"
js "private registry empty before: describe-repositories" "$R" "d['repositories']==[]"
R=$(ecr describe-pull-through-cache-rules 2>&1); js "no pull through cache rules before" "$R" "d['pullThroughCacheRules']==[]"

# ---------------------------------------------------------------- 2. API authentication (SigV4)
AWS_SECRET_ACCESS_KEY=wrong$AWS_SECRET_ACCESS_KEY ecr_err "wrong secret key: InvalidSignatureException" InvalidSignatureException describe-repositories
AWS_ACCESS_KEY_ID=AKIANOBODY0000000000 ecr_err "unknown access key: UnrecognizedClientException" UnrecognizedClientException describe-repositories
ecr_err "unsigned request: MissingAuthenticationTokenException" MissingAuthenticationTokenException describe-repositories --no-sign-request
raw(){ python3 "$W/rawsig.py" "$ENDPOINT_URL/" "$@" 2>&1; }
like "independent SigV4 signer is accepted" "$(raw DescribeRepositories '{}')" '^200 '
like "body altered after signing: InvalidSignatureException" "$(raw DescribeRepositories '{}' --send-body '{ }')" '^40[03] InvalidSignatureException:'
like "clock 10 min behind: Signature expired" "$(raw DescribeRepositories '{}' --skew -600)" '^40[03] InvalidSignatureException: Signature expired'
like "clock 10 min ahead: Signature not yet current" "$(raw DescribeRepositories '{}' --skew 600)" '^40[03] InvalidSignatureException: Signature not yet current'
like "clock 2 min behind is accepted" "$(raw DescribeRepositories '{}' --skew -120)" '^200 '
like "signed for another service: refused" "$(raw DescribeRepositories '{}' --service s3)" '^40[03] (InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignatureException)'
like "unknown operation" "$(raw NoSuchOperation '{}')" '^40[04] UnknownOperationException'

# ---------------------------------------------------------------- 3. the rule
R=$(ecr create-pull-through-cache-rule --ecr-repository-prefix "$PREFIX" --upstream-registry-url "$RULE_UPSTREAM" 2>&1) || die "aws ecr create-pull-through-cache-rule" "$R"
js "create-pull-through-cache-rule answers prefix, url, 12-digit registryId, createdAt" "$R" "d['ecrRepositoryPrefix']=='$PREFIX' and '$RULE_UPSTREAM' in d['upstreamRegistryUrl'] and d['registryId'].isdigit() and len(d['registryId'])==12 and bool(d['createdAt'])"
ACCT=$(jv "$R" "d['registryId']")
R=$(ecr describe-pull-through-cache-rules 2>&1); js "describe-pull-through-cache-rules shows exactly it" "$R" "[r['ecrRepositoryPrefix'] for r in d['pullThroughCacheRules']]==['$PREFIX']"
R=$(ecr describe-pull-through-cache-rules --ecr-repository-prefixes "$PREFIX" 2>&1); js "  also when asked by prefix" "$R" "len(d['pullThroughCacheRules'])==1"
ecr_err "the same rule again: PullThroughCacheRuleAlreadyExistsException" PullThroughCacheRuleAlreadyExistsException create-pull-through-cache-rule --ecr-repository-prefix "$PREFIX" --upstream-registry-url "$RULE_UPSTREAM"
ecr_err "unknown prefix: PullThroughCacheRuleNotFoundException" PullThroughCacheRuleNotFoundException describe-pull-through-cache-rules --ecr-repository-prefixes no-such-rule
ecr_err "a bad prefix: InvalidParameterException" 'InvalidParameterException|ValidationException' create-pull-through-cache-rule --ecr-repository-prefix UPPER --upstream-registry-url "$RULE_UPSTREAM"
is "creating a rule pulls nothing" "$(ecr describe-repositories --query 'length(repositories)' --output text)" 0

# ---------------------------------------------------------------- 4. login
R=$(ecr get-authorization-token 2>&1)
js "get-authorization-token: base64 of AWS:<password without colon>, 12 h, proxyEndpoint" "$R" "(lambda a,t:t[0]=='AWS' and len(t)==2 and len(t[1])>=20 and a['proxyEndpoint'].startswith('http') and abs((__import__('datetime').datetime.fromisoformat(a['expiresAt']).timestamp() if isinstance(a['expiresAt'],str) else a['expiresAt'])-__import__('time').time()-43200)<300)(d['authorizationData'][0],__import__('base64').b64decode(d['authorizationData'][0]['authorizationToken']).decode().split(':'))"
o=$(DOCKER_CONFIG=$W/emptycfg dk image pull "$REF" 2>&1); like "docker image pull before login: no basic auth credentials" "$o" 'no basic auth credentials'
o=$(echo wrong | dk login --username AWS --password-stdin "$SERVER/$PREFIX" 2>&1); like "docker login with a wrong password fails" "$o" '401 Unauthorized|unauthorized'
o=$(ecr get-login-password | dk login --username AWS --password-stdin "$SERVER/$PREFIX" 2>&1); like "aws ecr get-login-password | docker login --username AWS --password-stdin HOST/$PREFIX" "$o" 'Login Succeeded'
js "docker stored the login under HOST:PORT" "$(cat "$DOCKER_CONFIG/config.json" 2>/dev/null)" "list(d['auths'])==['$SERVER']"
is "still nothing cached" "$(ecr describe-repositories --query 'length(repositories)' --output text)" 0

# ---------------------------------------------------------------- 5. first pull
: > "$W/proxy.log"; T0=$(now)
o=$(dk image pull "$REF" 2>&1) && ok "docker image pull $REF" || die "docker image pull $REF" "$o"
TPULL=$(now); is "it is v1" "$(label "$REF")" v1; is "its digest is upstream's index digest" "$(repodigest "$REF")" "$IDX1"; [ "$(hits)" -gt 0 ] && ok "the upstream was asked ($(hits) requests)" || ko "the upstream was not asked"

# ---------------------------------------------------------------- 6. what the API shows
imgs(){ ecr describe-images --repository-name "$REPO" 2>&1; }
three(){ [ "$(ecr describe-images --repository-name "$REPO" --query 'length(imageDetails)' --output text 2>/dev/null)" = "${1:-3}" ]; }
waitfor "$IMPORT_TIMEOUT" three; I=$(imgs)
js "describe-images: 3 images" "$I" "len(d['imageDetails'])==3"
js "  one is tagged [latest] and is the index" "$I" "[(i['imageDigest'],i['imageTags']) for i in d['imageDetails'] if i.get('imageTags')]==[('$IDX1',['latest'])]"
js "  the other two are untagged and are upstream's children" "$I" "sorted(i['imageDigest'] for i in d['imageDetails'] if not i.get('imageTags'))=='$CH1'.split()"
js "  sizes, times, media types, registryId, repositoryName" "$I" "all(i['imageSizeInBytes']>0 and i['imagePushedAt'] and i['registryId']=='$ACCT' and i['repositoryName']=='$REPO' and i['imageManifestMediaType'].startswith('application/vnd.') for i in d['imageDetails'])"
js "  the index says it is one" "$I" "[i['imageManifestMediaType'] in ('application/vnd.docker.distribution.manifest.list.v2+json','application/vnd.oci.image.index.v1+json') for i in d['imageDetails'] if i.get('imageTags')]==[True]"
forget "$REF"; H0=$(hits); S=$(now)
o=$(dk image pull "$REF" 2>&1) && ok "second docker image pull" || ko "second docker image pull" "$o"
TPULL=$(now); is "  v1 again" "$(label "$REF")" v1; is "  and the upstream was not asked" "$(($(hits)-H0))" 0

# ---------------------------------------------------------------- 7. upstream moves, inside the interval
t "upstream's latest moves to v2" push v2; IDX2=$(updigest); CH2=$(upchildren); forget "$REF"; H0=$(hits)
o=$(dk image pull "$REF" 2>&1) && ok "third docker image pull" || ko "third docker image pull" "$o"
TPULL=$(now); V=$(label "$REF")
if [ $((TPULL-T0)) -ge "$CHECK_INTERVAL" ]; then ko "inside the check interval" "the first three pulls took $((TPULL-T0)) s: raise CHECK_INTERVAL (here and in the server)"; else
  is "inside the check interval: still the old one ($((TPULL-T0)) s < $CHECK_INTERVAL s)" "$V" v1; is "  and the upstream was not asked" "$(($(hits)-H0))" 0; fi

# ---------------------------------------------------------------- 8. the rest of the API meanwhile
R=$(ecr describe-repositories 2>&1); js "describe-repositories: the repository was created by the pull" "$R" "[r['repositoryName'] for r in d['repositories']]==['$REPO']"
js "  uri, arn, registryId, MUTABLE, AES256, createdAt" "$R" "(lambda r:r['repositoryUri']=='$SERVER/$REPO' and r['repositoryArn']=='arn:aws:ecr:'+'$AWS_DEFAULT_REGION'+':$ACCT:repository/$REPO' and r['registryId']=='$ACCT' and r['imageTagMutability']=='MUTABLE' and r['encryptionConfiguration']['encryptionType']=='AES256' and bool(r['createdAt']))(d['repositories'][0])"
R=$(ecr list-images --repository-name "$REPO" 2>&1); js "list-images: 3" "$R" "len(d['imageIds'])==3"
R=$(ecr list-images --repository-name "$REPO" --filter tagStatus=TAGGED 2>&1); js "  TAGGED: 1" "$R" "d['imageIds']==[{'imageDigest':'$IDX1','imageTag':'latest'}]"
R=$(ecr list-images --repository-name "$REPO" --filter tagStatus=UNTAGGED 2>&1); js "  UNTAGGED: 2" "$R" "len(d['imageIds'])==2"
R=$(ecr list-images --repository-name "$REPO" --page-size 1 2>&1); js "  the CLI pages through nextToken (--page-size 1): 3" "$R" "len({i['imageDigest'] for i in d['imageIds']})==3"
R=$(ecr describe-images --repository-name "$REPO" --max-items 1 --page-size 1 2>&1); js "  --max-items 1 gives 1 and a NextToken" "$R" "len(d['imageDetails'])==1 and bool(d.get('NextToken'))"
R=$(ecr batch-get-image --repository-name "$REPO" --image-ids imageTag=latest imageTag=nope --accepted-media-types application/vnd.docker.distribution.manifest.list.v2+json application/vnd.oci.image.index.v1+json 2>&1)
js "batch-get-image: the manifest hashes to its digest; the missing tag is a failure" "$R" "(lambda h:'sha256:'+h(d['images'][0]['imageManifest'].encode()).hexdigest()=='$IDX1' and d['failures'][0]['failureCode']=='ImageNotFound')(__import__('hashlib').sha256)"
ecr_err "describe-images of a missing tag: ImageNotFoundException" ImageNotFoundException describe-images --repository-name "$REPO" --image-ids imageTag=nope
ecr_err "describe-images of a missing repository: RepositoryNotFoundException" RepositoryNotFoundException describe-images --repository-name no/such
ecr_err "delete-repository without --force: RepositoryNotEmptyException" RepositoryNotEmptyException delete-repository --repository-name "$REPO"

# ---------------------------------------------------------------- 9. second client: skopeo
A=$W/skopeo.json; o=$(ecr get-login-password | skopeo login --tls-verify=false --authfile "$A" --username AWS --password-stdin "$SERVER" 2>&1); like "skopeo login" "$o" 'Login Succeeded'
o=$(skopeo inspect --raw --tls-verify=false --authfile "$A" "docker://$SERVER/$REPO@$IDX1" 2>&1); is "skopeo inspect --raw by digest: bytes hash to the digest" "sha256:$(printf '%s' "$o" | sha256sum | cut -d' ' -f1)" "$IDX1"
t "skopeo copy --all of the cached index (both architectures)" skopeo copy -q --all --src-tls-verify=false --src-authfile "$A" "docker://$SERVER/$REPO@$IDX1" "oci:$W/sk:v1"
o=$(skopeo inspect --tls-verify=false --no-creds "docker://$SERVER/$REPO:latest" 2>&1); like "skopeo without credentials is refused" "$o" 'unauthorized|authentication required'
o=$(skopeo list-tags --tls-verify=false --authfile "$A" "docker://$SERVER/$REPO" 2>&1); js "skopeo list-tags" "$o" "d['Tags']==['latest']"

# ---------------------------------------------------------------- 10. after the interval
rest=$((TPULL+CHECK_INTERVAL+2-$(now))); say "waiting $((rest>0?rest:0)) s for the check interval to pass"; [ $rest -gt 0 ] && sleep $rest
forget "$REF"; H0=$(hits); n=0; end=$(( $(now)+REFRESH_TIMEOUT )); V=
while :; do n=$((n+1)); o=$(dk image pull "$REF" 2>&1); V=$(label "$REF"); [ "$V" = v2 ] && break; [ "$STRICT_REFRESH" = 1 ] && break; [ "$(now)" -ge $end ] && break; sleep 1; done
is "after the check interval: the new one (pull number $n)" "$V" v2; is "  its digest is upstream's new index digest" "$(repodigest "$REF")" "$IDX2"; [ $(($(hits)-H0)) -gt 0 ] && ok "  the upstream was asked" || ko "  the upstream was not asked"
TCHK=$(now); o=$(timeout 60 "$DOCKER_BIN" run --rm --network none "$REF" 2>&1); like "  docker run says v2" "$o" 'seed v2'
waitfor "$IMPORT_TIMEOUT" three 6; I=$(imgs)
js "describe-images: latest is now on the new index, only there" "$I" "[(i['imageDigest'],i['imageTags']) for i in d['imageDetails'] if i.get('imageTags')]==[('$IDX2',['latest'])]"
js "  old index kept, untagged; 6 images in all" "$I" "len(d['imageDetails'])==6 and '$IDX1' in [i['imageDigest'] for i in d['imageDetails'] if not i.get('imageTags')]"
t "the old image is still pullable by digest" dk image pull "$SERVER/$REPO@$IDX1"

# ---------------------------------------------------------------- 11. upstream down
touch "$W/proxy.down"; rest=$(( $(now)+CHECK_INTERVAL+2-$(now) )); say "upstream down; waiting $rest s for the interval to pass again"; sleep $rest
forget "$REF"; o=$(dk image pull "$REF" 2>&1) && ok "upstream down after the interval: the cached image is still served" || ko "upstream down after the interval: the cached image is still served" "$o"
is "  it is v2" "$(label "$REF")" v2
o=$(dk image pull "$SERVER/$PREFIX/$IMAGE:other" 2>&1) && ko "upstream down: an uncached tag fails" "$o" || ok "upstream down: an uncached tag fails"
rm -f "$W/proxy.down"; is "  nothing was cached for it" "$(ecr describe-images --repository-name "$REPO" --query 'length(imageDetails)' --output text)" 6

# ---------------------------------------------------------------- 12. negatives
o=$(dk image pull "$SERVER/$PREFIX/$IMAGE:no-such-tag" 2>&1); like "a tag the upstream lacks: not found" "$o" 'not found|manifest unknown|does not exist'
o=$(dk image pull "$SERVER/$PREFIX/no/such:latest" 2>&1); like "a repository the upstream lacks: not found" "$o" 'not found|does not exist|name unknown|manifest unknown'
o=$(dk image pull "$SERVER/no-rule/$IMAGE:latest" 2>&1); like "a prefix without a rule: not found" "$o" 'not found|does not exist|name unknown'
is "failed pulls created no repository" "$(ecr describe-repositories --query 'repositories[].repositoryName' --output text)" "$REPO"

# ---------------------------------------------------------------- 13. the rule goes, the cache stays
R=$(ecr delete-pull-through-cache-rule --ecr-repository-prefix "$PREFIX" 2>&1); js "delete-pull-through-cache-rule answers the rule" "$R" "d['ecrRepositoryPrefix']=='$PREFIX'"
ecr_err "deleting it again: PullThroughCacheRuleNotFoundException" PullThroughCacheRuleNotFoundException delete-pull-through-cache-rule --ecr-repository-prefix "$PREFIX"
t "v3 pushed upstream under a new tag" push v3 three; forget "$REF"; H0=$(hits)
t "the cached image is still served without the rule" dk image pull "$REF"
o=$(dk image pull "$SERVER/$REPO:three" 2>&1) && ko "a new tag is no longer fetched" "$o" || ok "a new tag is no longer fetched"
is "  the upstream was not asked" "$(($(hits)-H0))" 0
R=$(ecr delete-repository --repository-name "$REPO" --force 2>&1); js "delete-repository --force" "$R" "d['repository']['repositoryName']=='$REPO'"
is "private registry empty again" "$(ecr describe-repositories --query 'length(repositories)' --output text)" 0
forget "$REF"; o=$(dk image pull "$REF" 2>&1) && ko "the deleted image is gone" "$o" || ok "the deleted image is gone"
exit 0
