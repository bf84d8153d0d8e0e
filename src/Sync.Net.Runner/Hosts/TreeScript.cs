namespace Sync.Net.Runner.Hosts;

/// <summary><see cref="ProcessTree"/> in the words of a POSIX shell, for where the runner is not: on other hosts, and after its death.</summary>
internal static class TreeScript
{
    /// <summary>Defines <c>tree COOKIE-PREFIX [CGROUP-FOLDER]</c>, which prints the processes, and <c>fell</c> with the same arguments, which kills them all.</summary>
    public const string Text =
        """
        tree() {
          seeds=$(grep -ls "SYNC_NET_WORKER=$1" /proc/[0-9]*/environ | sed 's|/proc/||; s|/environ||')
          if [ -n "${2-}" ]; then seeds="$seeds
        $(cat "$2"/sync-net-"$1"*/cgroup.procs 2>/dev/null)"; fi
          [ -n "$(echo $seeds)" ] || return 0
          own=$(sed 's/.*) //' /proc/$$/stat | cut -d ' ' -f 4)
          cat /proc/[0-9]*/stat 2>/dev/null | awk -v seeds="$(echo $seeds)" -v self=$$ -v own="$own" '
            { id = $1; sub(/.*\) /, ""); if ($1 != "Z" && $1 != "X") { parent[id] = $2; session[id] = $4 } }
            END {
              n = split(seeds, s, " ")
              for (i = 1; i <= n; i++) if (s[i] in parent) found[s[i]] = 1
              do {
                grew = 0
                split("", begun)
                for (p in found) { g = session[p]; if (g != 0 && g != own && ((g in found) || !(g in parent))) begun[g] = 1 }
                for (p in parent) if (!(p in found) && ((parent[p] in found) || (session[p] in begun))) { found[p] = 1; grew = 1 }
              } while (grew)
              for (p in found) if (p != self) print p
            }'
        }
        fell() {
          # Nothing counts as nothing when it is seen twice: a process that becomes another program has no environment for a moment.
          rounds=0 nothing=0
          while [ $rounds -lt 100 ]; do
            rounds=$((rounds + 1))
            all=$(echo $(tree "$@"))
            if [ -z "$all" ]; then
              nothing=$((nothing + 1))
              [ $nothing -lt 2 ] || break
              sleep 0.05 2>/dev/null || sleep 1
              continue
            fi
            nothing=0
            while kill -STOP $all 2>/dev/null; more=$(echo $(tree "$@")); [ "$(echo $more | tr ' ' '\n' | sort)" != "$(echo $all | tr ' ' '\n' | sort)" ] && [ -n "$more" ]; do all=$more; done
            kill -KILL $all 2>/dev/null
            sleep 0.05 2>/dev/null || sleep 1
          done
          if [ -n "${2-}" ]; then rmdir "$2"/sync-net-"$1"* 2>/dev/null; fi
          return 0
        }

        """;
}
