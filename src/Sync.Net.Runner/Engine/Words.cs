using System.Globalization;
using System.Runtime.InteropServices;

namespace Sync.Net.Runner.Engine;

/// <summary>Words for people.</summary>
internal static class Words
{
    public static string Of(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    public static string Of(StartCondition start)
    {
        string who = start.Role is { } role ? $"all of the role {role}" : start.Member ?? "somebody";
        return start.Message is { } message ? $"when {who} had sent '{message}'" : start is { Role: null, Member: null } ? $"after {Of(start.Delay)}" : $"when {who} had joined";
    }

    public static string OfSignal(int signal) => SignalNames.TryGetValue(signal, out string? name) ? $"signal {signal} ({name})" : $"signal {signal}";

    private static readonly Dictionary<int, string> SignalNames = new()
    {
        [1] = "SIGHUP", [2] = "SIGINT", [3] = "SIGQUIT", [4] = "SIGILL", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE",
        [9] = "SIGKILL", [11] = "SIGSEGV", [13] = "SIGPIPE", [14] = "SIGALRM", [15] = "SIGTERM",
    };
}
