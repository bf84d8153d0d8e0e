using System.ComponentModel;
using System.Diagnostics;

namespace Sync.Net.Runner.Hosts;

/// <summary>A small shell a run that outlives the runner: if the runner dies, even by kill -9, it ends the processes of all the run's workers.</summary>
/// <remarks>It holds the far end of a pipe from the runner. A word on the pipe means a good end; the end of the pipe without it, a death.</remarks>
internal sealed class Watchdog : IAsyncDisposable
{
    private const string GoodEnd = "end";

    /// <summary>Detached from the runner and its session, so that nothing that ends those ends it before its work is done.</summary>
    private const string Detach = "exec 3<&0; exec setsid sh -c \"$0\" watchdog \"$@\" <&3 3<&- &\n";

    private const string Script =
        TreeScript.Text +
        $$"""
        trap '' HUP INT TERM
        cd /
        if read -r word && [ "$word" = {{GoodEnd}} ]; then exit 0; fi
        fell "$@"
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly TimeProvider _time;
    private int _disposed;

    private Watchdog(Process process, TimeProvider time) => (_process, _time) = (process, time);

    /// <summary>Watches the workers whose cookies begin with a prefix, those too that are started later.</summary>
    /// <exception cref="HostException">There is no POSIX shell here.</exception>
    public static Watchdog Start(string cookiePrefix, TimeProvider time)
    {
        ProcessStartInfo start = new("/bin/sh", ["-c", Detach, Script, cookiePrefix, ControlGroup.Parent ?? ""])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };

        // It belongs to no worker, also where this runner is a worker of another's run.
        start.Environment.Remove(ProcessTree.Variable);
        try
        {
            return new Watchdog(Process.Start(start)!, time);
        }
        catch (Win32Exception e)
        {
            throw new HostException($"The run's watchdog could not be started: {e.Message}. It takes /bin/sh and setsid (util-linux).", e);
        }
    }

    /// <summary>For tests: what the runner's death is to it.</summary>
    internal void Abandon() => _process.StandardInput.Close();

    /// <summary>Ends it without it doing anything: the runner has ended all workers itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        try
        {
            await _process.StandardInput.WriteLineAsync(GoodEnd).ConfigureAwait(false);
            _process.StandardInput.Close();

            // It holds the other end of its output as long as it lives.
            await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience, _time).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
        }

        _process.Dispose();
    }
}
