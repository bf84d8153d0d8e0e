using System.Diagnostics;

namespace Sync.Net.Runner.Hosts;

/// <summary>How a worker's process is started on this machine.</summary>
internal static class ProcessLaunch
{
    private const string OwnVariables = "SYNC_NET_";

    /// <summary>Joins the control group if there is one, begins a session if the system has setsid, and becomes the command: the process id stays.</summary>
    private const string Launcher =
        """
        [ -z "$1" ] || echo $$ > "$1" || exit 126
        shift
        command -v setsid > /dev/null && exec setsid -- "$@"
        exec "$@"
        """;

    public static ProcessStartInfo Describe(WorkerStart start, string folder, IReadOnlyList<string> prefix)
    {
        Dictionary<string, string> environment = Variables(start);
        if (ProgramSearch.Find(start.Command[0], folder, environment.GetValueOrDefault("PATH")) is null)
        {
            throw new HostException($"Member '{start.Member}': there is no program '{start.Command[0]}' here. Give its path, or a PATH that holds it.");
        }

        ProcessStartInfo info = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(start.Command[0], start.Command.Skip(1))
            : Launched(["/bin/sh", "-c", Launcher, "sh", ControlGroup.Create(start.Cookie) ?? "", .. prefix, .. start.Command]);
        info.WorkingDirectory = folder;
        info.RedirectStandardInput = true;
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        info.Environment.Clear();
        foreach ((string name, string value) in environment) info.Environment[name] = value;
        return info;
    }

    /// <summary>The runner's own variables without what an outer run told this runner, then the worker's.</summary>
    private static Dictionary<string, string> Variables(WorkerStart start)
    {
        Dictionary<string, string> all = new(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            string name = (string)variable.Key;
            if (!name.StartsWith(OwnVariables, StringComparison.Ordinal)) all[name] = (string?)variable.Value ?? "";
        }

        foreach ((string name, string value) in start.Environment) all[name] = value;
        all[ProcessTree.Variable] = start.Cookie;
        return all;
    }

    private static ProcessStartInfo Launched(string[] words) => new(words[0], words[1..]);
}
