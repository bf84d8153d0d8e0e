using System.ComponentModel;
using System.Diagnostics;

namespace Sync.Net.Runner.Hosts;

/// <summary>A worker that is a process of this machine, maybe behind a program that moves it elsewhere (<c>ip netns exec</c>).</summary>
internal sealed class ProcessWorker : Worker
{
    /// <summary>How long after its end the rest of its output is waited for where its end can't be marked in the pipe.</summary>
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly WorkingFolder _folder;
    private readonly string _cookie;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private Task<WorkerEnd>? _completion;
    private bool _takerFailed;
    private int _disposed;

    private ProcessWorker(Process process, WorkingFolder folder, string cookie, TimeProvider time) =>
        (_process, _folder, _cookie, _time) = (process, folder, cookie, time);

    public override Task<WorkerEnd> Completion => _completion!;

    /// <summary>Starts it in a session and, where possible, a control group of its own.</summary>
    /// <exception cref="HostException">The command, the folder or a file is missing or unusable; the text names it.</exception>
    public static ProcessWorker Start(WorkerStart start, WorkingFolder folder, IReadOnlyList<string> prefix, TimeProvider time)
    {
        try
        {
            ProcessStartInfo info = ProcessLaunch.Describe(start, folder.Path, prefix);
            ProcessWorker worker = new(Process.Start(info)!, folder, start.Cookie, time);
            worker._process.StandardInput.Close();
            worker._completion = worker.RunAsync(start.Output);
            return worker;
        }
        catch (Exception e) when (e is Win32Exception or HostException)
        {
            ControlGroup.Remove(start.Cookie);
            folder.Remove();
            if (e is HostException) throw;
            throw new HostException($"Member '{start.Member}': '{start.Command[0]}' could not be started in '{folder.Path}': {e.Message}.", e);
        }
    }

    public override async Task KillAsync()
    {
        if (OperatingSystem.IsLinux()) await ProcessTree.KillAsync(_cookie, TimeSpan.Zero, _time).ConfigureAwait(false);
        else KillByParents();
    }

    public override Task<IReadOnlyList<string>> CollectAsync(IReadOnlyCollection<string> patterns, string folder, CancellationToken cancellationToken) =>
        Task.Run(() => FilePatterns.Copy(_folder.Path, patterns, folder, cancellationToken), cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await KillAsync().ConfigureAwait(false);
        try
        {
            await Completion.WaitAsync(OutputPatience, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Its output's taker does not return; the process is gone all the same.
        }

        _process.Dispose();
        _folder.Remove();
    }

    private async Task<WorkerEnd> RunAsync(Func<ReadOnlyMemory<byte>, bool, ValueTask> output)
    {
        OutputPipe[] pipes =
        [
            new(_process.StandardOutput.BaseStream, piece => DeliverAsync(output, piece, isError: false)),
            new(_process.StandardError.BaseStream, piece => DeliverAsync(output, piece, isError: true)),
        ];
        Task pumps = Task.WhenAll(pipes.Select(p => Task.Run(p.PumpAsync)));
        await _process.WaitForExitAsync().ConfigureAwait(false);
        Task marks = Task.WhenAll(pipes.Select(p => Task.Run(p.MarkEndAsync)));
        try
        {
            if (OperatingSystem.IsLinux()) await Task.WhenAll(marks, pumps).ConfigureAwait(false);
            else await pumps.WaitAsync(OutputPatience, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What it left running holds its output; what it wrote itself has come.
        }

        return WorkerEnd.OfCode(_process.ExitCode);
    }

    private async ValueTask DeliverAsync(Func<ReadOnlyMemory<byte>, bool, ValueTask> output, ReadOnlyMemory<byte> piece, bool isError)
    {
        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_takerFailed) await output(piece, isError).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The taker is not ours; the worker's output is read on, or it would block for ever.
        catch (Exception)
#pragma warning restore CA1031
        {
            _takerFailed = true;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private void KillByParents()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
        }
    }
}
