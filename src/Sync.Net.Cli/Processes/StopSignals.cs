using System.Runtime.InteropServices;

namespace Sync.Net.Cli.Processes;

/// <summary>SIGINT and SIGTERM end waits in good order, instead of the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    public const int Interrupt = 2;
    public const int Terminate = 15;

    private readonly CancellationTokenSource _stop = new();
    private PosixSignalRegistration? _interrupt;
    private PosixSignalRegistration? _terminate;
    private int _received;

    /// <summary>Begins to listen, which takes two threads: what is over at once does without, and ends then as if nobody listened.</summary>
    public void Listen()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => On(context, Interrupt));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => On(context, Terminate));
    }

    public CancellationToken Token => _stop.Token;

    /// <summary>The number of the first one that came; null if none did.</summary>
    public int? Received => Volatile.Read(ref _received) is not 0 and var signal ? signal : null;

    public void Dispose()
    {
        _interrupt?.Dispose();
        _terminate?.Dispose();
        _stop.Dispose();
    }

    private void On(PosixSignalContext context, int signal)
    {
        // A second one ends the process as if nobody listened.
        if (Interlocked.CompareExchange(ref _received, signal, 0) != 0) return;
        context.Cancel = true;
        _stop.Cancel();
    }
}
