using System.Globalization;
using System.Runtime.InteropServices;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>Signals that a shell or a service manager sends.</summary>
internal static partial class PosixSignals
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    public static void Send(Command command, int signal) => Assert.Equal(0, SendSignal(command.Pid, signal));

    /// <summary>Ends when the process has a handler of its own for the signal.</summary>
    public static Task HandledAsync(Command command, int signal) => Task.Run(() =>
    {
        while (!Handles(command, signal)) TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }).Within(Bounded.Limit);

    private static bool Handles(Command command, int signal)
    {
        string caught = File.ReadLines($"/proc/{command.Pid}/status").Single(line => line.StartsWith("SigCgt:", StringComparison.Ordinal)).Split('\t')[1];
        return (ulong.Parse(caught, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << (signal - 1))) != 0;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
