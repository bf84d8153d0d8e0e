using System.Diagnostics;

namespace Sync.Net.Runner.Hosts;

/// <summary>A process of this machine.</summary>
internal sealed class LocalWorker : Worker
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>What shells add a signal's number to, and .NET too.</summary>
    private const int Signalled = 128;
    private const int LastSignal = 64;

    /// <summary>How long output is waited for that a process which outlives the worker may yet hold open.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly WorkerStart _start;
    private readonly IReadOnlyList<string> _copies;
    private readonly string _folder;
    private readonly CancellationTokenSource _drained = new();

    public LocalWorker(Process process, WorkerStart start, IReadOnlyList<string> copies)
    {
        _process = process;
        _start = start;
        _copies = copies;
        _folder = Path.GetFullPath(start.WorkingFolder ?? ".");
        // It reads nothing from whoever sits before the runner.
        process.StandardInput.Close();
        Completion = Task.Run(CompleteAsync);
    }

    public override Task<WorkerEnd> Completion { get; }

    public override async Task KillAsync()
    {
        KillTree();
        await Completion.ConfigureAwait(false);
    }

    public override Task<IReadOnlyList<string>> CollectAsync(
        IReadOnlyCollection<string> patterns, string folder, CancellationToken cancellationToken)
    {
        var collected = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string pattern in patterns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string from = Path.GetDirectoryName(Path.Combine(_folder, pattern))!;
            if (!Directory.Exists(from)) continue;
            foreach (string file in Directory.EnumerateFiles(from, Path.GetFileName(pattern)))
            {
                string relative = Path.GetRelativePath(_folder, file);
                // Nothing leaves the folder that it is collected into.
                if (relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)) relative = Path.GetFileName(file);
                string target = Path.Combine(folder, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target, overwrite: true);
                collected.Add(relative);
            }
        }
        return Task.FromResult<IReadOnlyList<string>>([.. collected]);
    }

    public override async ValueTask DisposeAsync()
    {
        KillTree();
        await Completion.ConfigureAwait(false);
        foreach (string copy in _copies) File.Delete(copy);
        _process.Dispose();
        _drained.Dispose();
    }

    private async Task<WorkerEnd> CompleteAsync()
    {
        Task output = Task.WhenAll(
            ReadAsync(_process.StandardOutput.BaseStream, false),
            ReadAsync(_process.StandardError.BaseStream, true));
        await _process.WaitForExitAsync().ConfigureAwait(false);
        // A process that outlives it may hold the pipes.
        KillTree();
        _drained.CancelAfter(LongestDrain);
        await output.ConfigureAwait(false);
        int code = _process.ExitCode;
        return code is > Signalled and <= Signalled + LastSignal ? new WorkerEnd(null, code - Signalled) : new WorkerEnd(code, null);
    }

    private async Task ReadAsync(Stream pipe, bool isError)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await pipe.ReadAsync(buffer, _drained.Token).ConfigureAwait(false) is var read and > 0)
            {
                await _start.Output(buffer.AsMemory(0, read), isError).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The pipe is gone, or held by a process that has nothing more to say.
        }
    }

    private void KillTree()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended.
        }
    }
}
