using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sync.Net.Cli.Processes;

/// <summary>A command that runs in place of this process: it has its input and output, and gets its signals.</summary>
internal sealed partial class HeldProcess : IDisposable
{
    private static readonly (PosixSignal Signal, int Number)[] Forwarded =
    [
        (PosixSignal.SIGINT, StopSignals.Interrupt), (PosixSignal.SIGTERM, StopSignals.Terminate), (PosixSignal.SIGHUP, 1), (PosixSignal.SIGQUIT, 3),
    ];

    private readonly Process _process;
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly Lock _gate = new();
    private readonly List<int> _early = [];
    private bool _runs;

    private HeldProcess(ProcessStartInfo start)
    {
        // It may get a signal as soon as it runs, so what comes before is kept for it.
        foreach ((PosixSignal signal, int number) in Forwarded)
        {
            _signals.Add(PosixSignalRegistration.Create(signal, context => Forward(context, number)));
        }
        _process = new Process { StartInfo = start };
    }

    /// <exception cref="System.ComponentModel.Win32Exception">It can't be started.</exception>
    public static HeldProcess Start(string[] command)
    {
        HeldProcess held = new(new ProcessStartInfo(command[0], command.AsSpan(1).ToArray()) { UseShellExecute = false });
        try
        {
            held._process.Start();
        }
        catch
        {
            held.Dispose();
            throw;
        }
        lock (held._gate)
        {
            held._runs = true;
            foreach (int number in held._early) _ = Kill(held._process.Id, number);
        }
        return held;
    }

    /// <summary>Its exit code; 128 and the signal's number if one killed it.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
        _process.Dispose();
    }

    private void Forward(PosixSignalContext context, int number)
    {
        context.Cancel = true;
        lock (_gate)
        {
            if (!_runs) _early.Add(number);
            else if (!_process.HasExited) _ = Kill(_process.Id, number);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
