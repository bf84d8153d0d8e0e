using System.Formats.Tar;

namespace Sync.Net.Runner.Hosts;

/// <summary>A worker that runs detached on another host; the agent there keeps its output and its end until this side has them.</summary>
internal sealed partial class SshWorker : Worker
{
    /// <summary>How long killing or removing may take; then the worker's lease does it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SshHost _host;
    private readonly WorkerStart _start;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<WorkerEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _following;
    private int _disposed;

    public SshWorker(SshHost host, WorkerStart start, string marker)
    {
        (_host, _start) = (host, start);
        _outputs = [new SshOutput('o', marker, piece => start.Output(piece, false)), new SshOutput('e', marker, piece => start.Output(piece, true))];
        _following = Task.Run(FollowAsync);
    }

    public override Task<WorkerEnd> Completion => _completion.Task;

    /// <summary>The agent's folder on the host, as a shell there writes it.</summary>
    public static string Home(string cookie) => $"\"${{TMPDIR:-/tmp}}\"/{ShellWords.Quote("sync-net-" + cookie)}";

    public override async Task KillAsync()
    {
        if (await TellAsync("kill").ConfigureAwait(false)) return;

        // Out of reach: without the runner's beats its lease ends it.
        await _stop.CancelAsync().ConfigureAwait(false);
        Lose($"host '{_host.Name}' could not be reached to end it; it ends there within {_start.LostRunnerTimeout.TotalSeconds} s");
    }

    public override async Task<IReadOnlyList<string>> CollectAsync(IReadOnlyCollection<string> patterns, string folder, CancellationToken cancellationToken)
    {
        FilePatterns.Check(patterns);
        if (patterns.Count == 0) return [];
        (SshConnection connection, string? answer) = await BeginAsync("collect " + ShellWords.Quote(string.Join(' ', patterns.Select(ShellWords.Pattern))), cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            if (answer is null || !answer.StartsWith("collecting ", StringComparison.Ordinal))
            {
                throw new HostException($"Member '{_start.Member}': its files could not be collected from host '{_host.Name}': {answer ?? await connection.LastErrorAsync(_host.Time, cancellationToken).ConfigureAwait(false)}.");
            }

            return answer == "collecting 0" ? [] : await UnpackAsync(connection.Output, folder, cancellationToken).ConfigureAwait(false);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await TellAsync("remove").ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
        Lose("it was ended");
        _stop.Dispose();
    }

    private void Lose(string text) => _completion.TrySetResult(new WorkerEnd(null, null, text));

    /// <summary>Has the agent do something, and waits until it is done; never throws.</summary>
    private async Task<bool> TellAsync(string phase)
    {
        if (_isGone) return true;
        using CancellationTokenSource limit = new(Patience, _host.Time);
        try
        {
            (SshConnection connection, string? answer) = await BeginAsync(phase, limit.Token).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false)) return answer is not null;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HostException)
        {
            return false;
        }
    }

    /// <summary>Begins a connection for a phase of the agent; its place among the beginners is free again when the agent has answered.</summary>
    private async Task<(SshConnection Connection, string? Answer)> BeginAsync(string phase, CancellationToken cancellationToken)
    {
        string line = $"cd {Home(_start.Cookie)} 2> /dev/null || {{ echo {ShellWords.Quote("sync-net " + _start.Cookie + " gone")}; exit 0; }}; umask 077; exec sh ./agent {phase}";
        await _host.Beginning.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            SshConnection connection = _host.Connect(line, _start.LostRunnerTimeout);
            try
            {
                return (connection, await connection.AnswerAsync(_start.Cookie, cancellationToken).ConfigureAwait(false));
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        finally
        {
            _host.Beginning.Release();
        }
    }

    /// <summary>Writes plain files only, and only below the folder, whatever the host sends.</summary>
    private static async Task<IReadOnlyList<string>> UnpackAsync(Stream stream, string folder, CancellationToken cancellationToken)
    {
        List<string> names = [];
        TarReader tar = new(stream, leaveOpen: true);
        await using (tar.ConfigureAwait(false))
        {
            while (await tar.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                string name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) continue;
                FilePatterns.Check([name]);
                string target = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                FileStream file = new(target, FileMode.Create, FileAccess.Write, FileShare.Read);
                await using (file.ConfigureAwait(false))
                {
                    if (entry.DataStream is { } data) await data.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
                }

                names.Add(name);
            }
        }

        return [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
