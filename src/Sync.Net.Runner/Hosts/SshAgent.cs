namespace Sync.Net.Runner.Hosts;

/// <summary>The shell program that looks after one worker on its host. docs/runner.md, "Hosts", tells what it does.</summary>
/// <remarks>It lives in a folder of its own, readable by its user only, beside the worker's output, exit code and end.</remarks>
internal static class SshAgent
{
    /// <summary>How many bytes of output a piece has at most.</summary>
    public const int PieceBytes = 65536;

    /// <summary>How many pieces of each output wait on the host at most, before the worker waits.</summary>
    public const int MostPieces = 256;

    /// <summary>The file that its calls are recorded in.</summary>
    public const string Record = "record.jsonl";

    /// <summary>
    /// The phases are: <c>start</c>, detached <c>watch</c> (which runs the worker, and ends it when its lease runs out), <c>follow O E</c> (which
    /// sends pieces of output from these numbers on, and reads what the runner has), <c>kill</c>, <c>collect PATTERN…</c>, <c>record</c>, <c>remove</c>.
    /// </summary>
    public static string Text { get; } =
        TreeScript.Text +
        $$"""
        group() {
          p=$(sed -n 's/^0:://p' /proc/self/cgroup 2>/dev/null)
          m=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/self/mounts 2>/dev/null)
          if [ -n "$p" ] && [ -n "$m" ]; then echo "$m$p"; fi
        }
        pause() { sleep 0.1 2>/dev/null || sleep 1; }
        say() { echo "sync-net $cookie $*"; }
        store() {
          n=0
          while :; do
            while [ -e "$1.$((n - {{MostPieces}} + 1))" ]; do pause; done
            dd bs={{PieceBytes}} count=1 of="$1.part" 2>/dev/null || exit 1
            [ -s "$1.part" ] || exit 0
            n=$((n + 1))
            mv "$1.part" "$1.$n"
          done
        }
        work() {
          if [ -n "$cgroup" ]; then echo "$(exec sh -c 'echo $PPID')" > "$cgroup/sync-net-$cookie/cgroup.procs"; fi 2> /dev/null
          . ./environment
          # It holds the key: it is gone from the disk before the command begins.
          rm -f environment
          cd "$folder"
          umask "$mask"
          exec setsid -- "$@" < /dev/null
        }
        watch() {
          cgroup=$(group)
          if [ -n "$cgroup" ]; then mkdir "$cgroup/sync-net-$cookie" 2> /dev/null || cgroup=; fi
          echo "cgroup='$cgroup'" >> place
          echo $$ > watcher
          mkfifo o.pipe e.pipe
          store o < o.pipe &
          store e < e.pipe &
          lease &
          exec 8> o.pipe 9> e.pipe
          (work "$@") >&8 2>&9 8>&- 9>&-
          code=$?
          printf '\0%s\n' "$marker" >&8
          printf '\0%s\n' "$marker" >&9
          exec 8>&- 9>&-
          echo $code > exit.part
          mv exit.part exit
          wait
        }
        lease() {
          left=$lease
          while [ $left -gt 0 ]; do
            sleep 1
            [ -d "$home" ] || exit 0
            if [ -e beat ]; then rm -f beat; left=$lease; else left=$((left - 1)); fi
          done
          fell "$cookie" "$cgroup"
          remove
        }
        remove() {
          cd /
          rm -rf "$home"
        }
        refuse() {
          remove
          say refused "$@"
          exit 0
        }
        end() {
          # Until the command runs there is nothing to find it by.
          tries=0
          until [ -e exit ] || [ -n "$(tree "$cookie" "$cgroup")" ] || [ $tries -ge 30 ]; do tries=$((tries + 1)); pause; done
          fell "$cookie" "$cgroup"
        }
        listen() {
          o=$1 e=$2
          while read -r word to te; do
            : > beat
            gone=
            while [ $o -le $to ]; do gone="$gone o.$o"; o=$((o + 1)); done
            while [ $e -le $te ]; do gone="$gone e.$e"; e=$((e + 1)); done
            [ -z "$gone" ] || rm -f $gone
          done
          kill $$ 2>/dev/null
        }
        piece() {
          size=$(wc -c < "$1.$2")
          echo $1 $size
          cat "$1.$2"
        }
        forget() {
          # The runner has these, and the link broke before it could say so.
          n=$(($2 - 1))
          while [ -e "$1.$n" ]; do
            rm -f "$1.$n"
            n=$((n - 1))
          done
        }
        follow() {
          : > beat
          forget o $1
          forget e $2
          say following
          listen $1 $2 <&3 &
          o=$1 e=$2 told=
          while :; do
            idle=yes
            if [ -e o.$o ]; then piece o $o; o=$((o + 1)); idle=; fi
            if [ -e e.$e ]; then piece e $e; e=$((e + 1)); idle=; fi
            if [ -n "$idle" ]; then
              if [ -z "$told" ] && [ -e exit ]; then echo x $(cat exit); told=yes; fi
              if [ -z "$told" ] && ! kill -0 "$(cat watcher)" 2>/dev/null; then [ -e exit ] || { echo l 0; told=yes; }; fi
              pause
              [ -d "$home" ] || exit 0
            fi
          done
        }
        start() {
          for tool in setsid mkfifo dd awk grep sed wc; do
            command -v $tool > /dev/null || refuse "it lacks the program '$tool'"
          done
          if [ -n "$given" ]; then
            mkdir -p -- "$given" && cp -R files/. "$given"/ && folder=$(cd -- "$given" && pwd) || refuse "the working folder '$given' can't be made or written there"
          fi
          (. ./environment; cd "$folder" && command -v -- "$1" > /dev/null) || refuse "there is no program '$1' there"
          echo "folder='$(echo "$folder" | sed "s/'/'\\\\''/g")'" > place
          # Not by '&' where it can be helped: that makes a command ignore the signals of the keyboard.
          if setsid -f true 2> /dev/null; then
            setsid -f sh ./agent watch < /dev/null > /dev/null 2>&1
          else
            setsid sh ./agent watch < /dev/null > /dev/null 2>&1 &
          fi
          until [ -s watcher ]; do pause; done
          say started
        }
        collect() {
          cd "$folder" || exit 0
          eval "set -- $patterns"
          for f do
            shift
            if [ -f "$f" ]; then set -- "$@" "./$f"; fi
          done
          say collecting $#
          [ $# -eq 0 ] || tar cf - "$@"
        }
        record() {
          say clock
          while read -r word && [ "$word" = time ]; do date +%s.%N; done
          size=0
          [ ! -f {{Record}} ] || size=$(wc -c < {{Record}})
          echo $size
          [ $size -eq 0 ] || cat {{Record}}
        }
        home=$PWD
        folder=$home/files
        cgroup=
        phase=$1
        shift
        . ./plan
        [ ! -e place ] || . ./place
        case $phase in
          start | watch) eval "set -- $command"; $phase "$@" ;;
          follow) exec 3<&0; follow "$@" ;;
          collect) patterns=$1; collect ;;
          record) record ;;
          kill) end; say killed ;;
          remove) end; kill -KILL "$(cat watcher)" 2> /dev/null; remove; say removed ;;
        esac

        """;
}
