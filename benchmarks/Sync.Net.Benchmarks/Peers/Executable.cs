namespace Sync.Net.Benchmarks.Peers;

/// <summary>This very program, which is also its own members.</summary>
internal static class Executable
{
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Sync.Net.Benchmarks");
}
