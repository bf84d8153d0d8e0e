using System.Formats.Tar;
using System.Globalization;
using System.Text;

namespace Sync.Net.Runner.Hosts;

/// <summary>All that a worker's host gets, as one tar stream: the agent, what to run, the environment with the key, the files.</summary>
internal static class SshBundle
{
    /// <summary>The last of it: without this a broken link cut it short, and all of it is removed.</summary>
    public const string Last = "whole";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerOnly | UnixFileMode.UserExecute;

    public static async Task WriteAsync(Stream stream, WorkerStart start, string marker, CancellationToken cancellationToken)
    {
        TarWriter tar = new(stream, TarEntryFormat.Pax, leaveOpen: true);
        await using (tar.ConfigureAwait(false))
        {
            await AddAsync(tar, "agent", SshAgent.Text, cancellationToken).ConfigureAwait(false);
            await AddAsync(tar, "plan", Plan(start, marker), cancellationToken).ConfigureAwait(false);
            await AddAsync(tar, "environment", Variables(start), cancellationToken).ConfigureAwait(false);
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, "files") { Mode = OwnerFolder }, cancellationToken).ConfigureAwait(false);
            foreach (string file in start.Files) await AddFileAsync(tar, file, cancellationToken).ConfigureAwait(false);
            await AddAsync(tar, Last, "", cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Plan(WorkerStart start, string marker)
    {
        int lease = Math.Max(1, (int)Math.Ceiling(start.LostRunnerTimeout.TotalSeconds));
        return string.Join('\n',
            $"cookie={ShellWords.Quote(start.Cookie)}",
            $"marker={ShellWords.Quote(marker)}",
            $"lease={lease.ToString(CultureInfo.InvariantCulture)}",
            $"given={ShellWords.Quote(start.WorkingFolder ?? "")}",
            $"command={ShellWords.Quote(ShellWords.Join(start.Command))}",
            "");
    }

    private static string Variables(WorkerStart start)
    {
        StringBuilder text = new();
        foreach ((string name, string value) in start.Environment)
        {
            if (!ShellWords.IsName(name)) throw new HostException($"Member '{start.Member}': '{name}' is no name of a variable that a shell can set.");
            text.Append(CultureInfo.InvariantCulture, $"export {name}={ShellWords.Quote(value)}\n");
        }

        if (start.RecordFile is not null) text.Append(CultureInfo.InvariantCulture, $"export {Engine.CallRecords.Variable}=\"$home/{SshAgent.Record}\"\n");
        return text.Append(CultureInfo.InvariantCulture, $"export {ProcessTree.Variable}={ShellWords.Quote(start.Cookie)}\n").ToString();
    }

    private static async Task AddAsync(TarWriter tar, string name, string text, CancellationToken cancellationToken)
    {
        using MemoryStream content = new(Encoding.UTF8.GetBytes(text));
        await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { Mode = OwnerOnly, DataStream = content }, cancellationToken).ConfigureAwait(false);
    }

    private static async Task AddFileAsync(TarWriter tar, string file, CancellationToken cancellationToken)
    {
        FileStream content = new(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        await using (content.ConfigureAwait(false))
        {
            UnixFileMode mode = OperatingSystem.IsWindows() ? OwnerOnly : File.GetUnixFileMode(file) | OwnerOnly;
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "files/" + Path.GetFileName(file)) { Mode = mode, DataStream = content }, cancellationToken).ConfigureAwait(false);
        }
    }
}
