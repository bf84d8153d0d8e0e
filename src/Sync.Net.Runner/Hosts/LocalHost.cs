using System.ComponentModel;
using System.Diagnostics;

namespace Sync.Net.Runner.Hosts;

/// <summary>This machine.</summary>
internal sealed class LocalHost() : RunHost("local")
{
    internal override Task<Worker> StartAsync(WorkerStart start, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var info = new ProcessStartInfo(start.Command[0], start.Command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = start.WorkingFolder is null ? "" : Path.GetFullPath(start.WorkingFolder),
        };
        // What this process was told is for this process.
        foreach (string name in info.Environment.Keys.Where(static name => name.StartsWith("SYNC_NET_", StringComparison.Ordinal)).ToArray()) info.Environment.Remove(name);
        foreach ((string name, string value) in start.Environment) info.Environment[name] = value;
        string[] copies = Copy(start);
        try
        {
            return Task.FromResult<Worker>(new LocalWorker(Process.Start(info)!, start, copies));
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            foreach (string copy in copies) File.Delete(copy);
            throw new HostException(Why(e, start), e);
        }
    }

    /// <summary>Returns the files that were not there before.</summary>
    private static string[] Copy(WorkerStart start)
    {
        if (start.Files.Count == 0) return [];
        string folder = Path.GetFullPath(start.WorkingFolder ?? ".");
        var made = new List<string>();
        try
        {
            Directory.CreateDirectory(folder);
            foreach (string file in start.Files)
            {
                string copy = Path.Combine(folder, Path.GetFileName(file));
                if (Path.GetFullPath(file) == copy) continue;
                if (!File.Exists(copy)) made.Add(copy);
                File.Copy(file, copy, overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostException($"The files of {start.Member} can't be copied into '{folder}': {e.Message}", e);
        }
        return [.. made];
    }

    private static string Why(Exception e, WorkerStart start)
    {
        if (start.WorkingFolder is { } folder && !Directory.Exists(folder)) return $"Member '{start.Member}': its working folder '{folder}' is not there.";
        return e is Win32Exception { NativeErrorCode: 2 }
            ? $"Member '{start.Member}': there is no program '{start.Command[0]}' here. Give its path, or a PATH that holds it."
            : $"Member '{start.Member}': '{start.Command[0]}' could not be started: {e.Message}.";
    }
}
