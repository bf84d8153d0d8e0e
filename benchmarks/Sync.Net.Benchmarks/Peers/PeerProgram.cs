using Sync.Net.Benchmarks.Processes;

namespace Sync.Net.Benchmarks.Peers;

/// <summary>The programs of benchmarks/native that need more than gcc alone, built beside this executable.</summary>
internal static class PeerProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static async Task<string> BuildAsync(string compiler, string name, params IReadOnlyList<string> libraries)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "native", name);
        try
        {
            await using var children = new ChildProcesses();
            children.Start(compiler, ["-O2", "-Wall", "-Wextra", "-Werror", "-o", program, program + ".c", .. libraries]);
            await children.WaitForSuccessAsync(Limit);
            return program;
        }
        catch (Exception e) when (e is InvalidOperationException or OperationCanceledException)
        {
            throw new PeerUnavailableException(e.Message.Split('\n').FirstOrDefault(HasError) ?? e.Message, e);
        }
    }

    private static bool HasError(string line) => line.Contains("error", StringComparison.Ordinal);
}
