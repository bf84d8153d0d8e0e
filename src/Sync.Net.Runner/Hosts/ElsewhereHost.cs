namespace Sync.Net.Runner.Hosts;

/// <summary>A host where somebody else starts the member (V2).</summary>
internal sealed class ElsewhereHost(string name) : RunHost(name)
{
    internal override Task<Worker> StartAsync(WorkerStart start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Worker>(new ElsewhereWorker(Line(start)));
    }

    /// <summary>What to paste into a POSIX shell there: sets the member's environment for one command, and begins it; without a command, for the shell itself.</summary>
    public static string Line(WorkerStart start)
    {
        IEnumerable<string> variables = start.Environment
            .Where(v => v.Key != ProcessTree.Variable)
            .OrderBy(v => v.Key, StringComparer.Ordinal)
            .Select(v => $"{v.Key}={ShellWords.Quote(v.Value)}");
        string set = string.Join(' ', variables);
        if (start.Command.Count == 0) return $"export {set}";
        string folder = start.WorkingFolder is { } f ? $"cd {ShellWords.Quote(f)} && " : "";
        return $"({folder}export {set}; exec {ShellWords.Join(start.Command)})";
    }
}
