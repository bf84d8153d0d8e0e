using System.Runtime.InteropServices;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>Signals that a shell or a service manager sends.</summary>
internal static partial class PosixSignals
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    public static void Send(Command command, int signal) => Assert.Equal(0, SendSignal(command.Pid, signal));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
